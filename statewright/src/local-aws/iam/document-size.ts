import { limitExceeded } from './errors';

/** IAM quotas count a document's characters without its white space (IAM User Guide, "IAM and AWS STS quotas"). */
export function checkDocumentSize(documents: readonly string[], quota: string, maximum: number): void {
  const size = documents.reduce((sum, document) => sum + document.replace(/\s/g, '').length, 0);
  if (size > maximum) throw limitExceeded(`Cannot exceed quota for ${quota}: ${maximum}`);
}
