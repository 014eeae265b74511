/** What the page of a refresher offers of one made for the person. */
export interface OwnOffer {
	/** Whether one was begun and is not landed: it goes on. */
	isOpen: boolean;
	/** The content notes of its encounters, or of those that are left. */
	notes: string[];
	minutes: number;
}
