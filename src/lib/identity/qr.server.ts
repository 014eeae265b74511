import { encode } from 'uqr';

/** A QR code as one drawn path in a square of `size` units, with the quiet edge it needs. */
export interface QrCode {
	size: number;
	path: string;
}

const quiet = 4;

/** The QR code of a text; it can be read with a fold or a stain over an eighth of it (level M). */
export function drawQr(text: string): QrCode {
	const { size, data } = encode(text, { ecc: 'M', border: quiet });
	const path = data
		.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
		.join('');
	return { size, path };
}
