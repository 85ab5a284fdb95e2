import { isRunning, localLambda, until, zip } from '../local-aws/lambda/support';
import { describeWith } from '../support/tools';

describeWith(['namespaces'], 'a function in a sandbox', () => {
  const { lambda, create, call } = localLambda({ maxEnvironments: 2 });
  afterAll(() => lambda.close());

  test('reads the environment of no process outside', async () => {
    process.env.SECRET_OF_THE_SHELL = 'a token';
    create(
      'nosy',
      `const { readFileSync } = require('fs');
       const read = (pid) => { try { return readFileSync('/proc/' + pid + '/environ', 'utf8') } catch ({ code }) { return code } };
       return event.pids.map(read);`,
    );
    const { value } = await call('nosy', { pids: [process.pid, process.ppid] });
    delete process.env.SECRET_OF_THE_SHELL;
    expect(value).toEqual(['EACCES', 'EACCES']);
  });

  test('cannot change its code', async () => {
    create(
      'writer',
      `const fs = require('fs');
       const attempt = (act) => { try { act(); return 'done' } catch ({ code }) { return code } };
       return [
         attempt(() => fs.writeFileSync('index.js', 'evil')),
         attempt(() => fs.writeFileSync('new.js', '')),
         attempt(() => fs.mkdirSync('folder')),
         attempt(() => fs.unlinkSync('index.js')),
       ];`,
    );
    const { value } = await call('writer');
    expect(value).toEqual(['EROFS', 'EROFS', 'EROFS', 'EROFS']);
  });

  test('has a /tmp of its own, which is empty and as large as the ephemeral storage', async () => {
    create(
      'filler',
      `const fs = require('fs');
       const before = fs.readdirSync('/tmp').filter((name) => !name.startsWith('local-lambda-'));
       fs.writeFileSync('/tmp/mine', 'x');
       const { blocks, bsize } = fs.statfsSync('/tmp');
       return { before, megabytes: (blocks * bsize) / 1048576 };`,
      { EphemeralStorage: { Size: 600 } },
    );
    const { before, megabytes } = (await call('filler')).value;
    // Where this project is in /tmp itself, its folder is not hidden.
    const others = before.filter((name: string) => !__dirname.startsWith(`/tmp/${name}/`));
    expect({ others, megabytes }).toEqual({ others: [], megabytes: 600 });
  });

  test('finds its layers under /opt', async () => {
    const { LayerVersionArn } = lambda.publishLayerVersion({
      LayerName: 'opt',
      Content: {
        ZipFile: zip({
          'data.txt': 'from the layer',
          'nodejs/node_modules/esm/index.js': 'export default 7',
          'nodejs/node_modules/esm/package.json': '{"type":"module","exports":"./index.js"}',
        }),
      },
    });
    create(
      'layered',
      zip({
        'index.mjs': `import { readFileSync } from 'node:fs'; import seven from 'esm';
          export const handler = async () => [readFileSync('/opt/data.txt', 'utf8'), seven];`,
      }),
      { Layers: [LayerVersionArn] },
    );
    expect((await call('layered')).value).toEqual(['from the layer', 7]);
  });
});

describe('a function without a sandbox', () => {
  test('finds its code without the permission to write', async () => {
    const { lambda, create, call } = localLambda({ sandbox: false });
    create('plain', 'return require("fs").statSync("index.js").mode & 0o222');
    expect((await call('plain')).value).toBe(0);
    await lambda.close();
  });
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux.each([true, false])(
  'a function leaves nothing behind, not even in a session of its own (sandbox: %s)',
  async (sandbox) => {
    const other = localLambda({ sandbox });
    const daemon = `const { spawn } = require('child_process');
      return spawn('sleep', ['1000'], { stdio: 'ignore', detached: true }).pid;`;
    for (const name of ['changed', 'closed']) other.create(name, daemon);
    const changed: number = (await other.call('changed')).value;
    const closed: number = (await other.call('closed')).value;
    expect([changed, closed].map(isRunning)).toEqual([true, true]);
    other.lambda.deleteFunction({ FunctionName: 'changed' });
    await until(() => !isRunning(changed));
    await other.lambda.close();
    expect(isRunning(closed)).toBe(false);
  },
);
