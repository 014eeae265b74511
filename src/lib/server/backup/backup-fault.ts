/** A backup or a restore did not come about; the sentence says why, and what to do, to whoever runs it. */
export class BackupFault extends Error {
	override readonly name = 'BackupFault';
}
