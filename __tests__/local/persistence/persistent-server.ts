/** A local AWS that keeps its account in the folder named on the command line; prints its address. */
import { Account } from '../../../src/local/account';
import { openJournal } from '../../../src/local/persistence/journal';
import { startServer } from '../../../src/local/server';

const [, , folder = ''] = process.argv;
const account = new Account({ openTable: openJournal(folder).openTable });
startServer(account).then(({ url }) => process.stdout.write(`${url}\n`));
