/** A local AWS that keeps its account in the folder named on the command line; prints its address. */
import { Account } from '../../../src/local-aws/account';
import { openStore } from '../../../src/local-aws/persistence/store';
import { startServer } from '../../../src/local-aws/server';

const [, , folder = ''] = process.argv;
async function serve(): Promise<void> {
  const { openTable } = await openStore(folder);
  const { url } = await startServer(new Account({ openTable }));
  process.stdout.write(`${url}\n`);
}

void serve();
