class TestError extends Error {
  name = 'TestError';
}

const actions = {
  echo: (event) => event,
  raise: () => {
    throw new TestError('boom');
  },
  exit: () => process.exit(3),
  sleep: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
  memory: () => Buffer.alloc(300_000_000, 'x').length,
  big: () => 'x'.repeat(7_000_000),
  log: () => {
    process.stdout.write('first line\nsecond line\n');
    process.stderr.write('to standard error\n');
    return 'logged';
  },
};

exports.handler = async (event) => actions[event.action](event);
