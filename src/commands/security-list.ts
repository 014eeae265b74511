/** `npm run security:list`: writes into `docs/security.md` which test holds which statement. */
import { readFileSync, writeFileSync } from 'node:fs';
import { completeDocument, findHoldingTests, securityDocument } from './security-statements.ts';

writeFileSync(
	securityDocument,
	completeDocument(readFileSync(securityDocument, 'utf8'), findHoldingTests())
);
