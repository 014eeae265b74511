/** Where one goes on to after the debrief: another page, or the next step by sending a form. */
export type WayOnward =
	| { readonly href: string; readonly label: string }
	| {
			readonly action: string;
			readonly fields: Readonly<Record<string, string>>;
			/** What the next step is called; the last has none. */
			readonly next?: string | undefined;
	  };
