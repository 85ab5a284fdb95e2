/** A local AWS that keeps its account in the folder named on the command line; prints its address. */
import { Account } from '../../../src/local-aws/account';
import { openJournal } from '../../../src/local-aws/persistence/journal';
import { startServer } from '../../../src/local-aws/server';

const [, , folder = ''] = process.argv;
const account = new Account({ openTable: openJournal(folder).openTable });
startServer(account).then(({ url }) => process.stdout.write(`${url}\n`));
