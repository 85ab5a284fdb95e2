/** What must not compile: each line below a `@ts-expect-error` is an error, or the compiler reports it. */
// biome-ignore-all format: an expected error is on one line
import type { LambdaFunctionProps, StateMachineProps } from '../../src/constructs';

type Options = 'name' | 'deployment' | 'definition';
type Without<Props> = Props extends infer Each ? Omit<Each, Options> : never;
const lambda = (_: Without<LambdaFunctionProps>) => {};
const machine = (_: Without<StateMachineProps>) => {};

lambda({ entry: 'a.ts' });
lambda({ entry: 'a.ts', runtime: 'nodejs22.x', architecture: 'x86_64', tracing: false });
lambda({ code: 'a', runtime: 'python3.13', handler: 'app.handler' });
lambda({ code: 'a', runtime: 'ruby3.4', handler: 'app.handler' });
lambda({ code: 'a', runtime: 'nodejs24.x', handler: 'dist/index.handler' });
lambda({ code: 'a.jar', runtime: 'java21', handler: 'example.Handler' });
lambda({ code: 'a', runtime: 'dotnet8', handler: 'A::B.C::D' });
lambda({ code: 'a', runtime: 'provided.al2023' });
// @ts-expect-error: neither entry nor code
lambda({});
// @ts-expect-error: both entry and code
lambda({ entry: 'a.ts', code: 'a', runtime: 'nodejs24.x', handler: 'index.handler' });
// @ts-expect-error: only the runtimes of Node.js run a bundle
lambda({ entry: 'a.ts', runtime: 'python3.13' });
// @ts-expect-error: the handler of a bundle is its export `handler`
lambda({ entry: 'a.ts', handler: 'index.main' });
// @ts-expect-error: no runtime
lambda({ code: 'a', handler: 'app.handler' });
// @ts-expect-error: no handler
lambda({ code: 'a', runtime: 'python3.13' });
// @ts-expect-error: a handler in Python is a file and a function
lambda({ code: 'a', runtime: 'python3.13', handler: 'handler' });
// @ts-expect-error: the runtime does not exist
lambda({ code: 'a', runtime: 'python', handler: 'app.handler' });
// @ts-expect-error: Go runs in provided.al2023
lambda({ code: 'a', runtime: 'go1.x', handler: 'main' });
// @ts-expect-error: AWS calls it arm64
lambda({ entry: 'a.ts', architecture: 'aarch64' });

machine({});
machine({ type: 'EXPRESS', logLevel: 'ERROR', includeExecutionData: false, tracing: false });
machine({ logLevel: 'OFF', logRetention: 7 });
machine({ type: 'STANDARD', logLevel: 'OFF' });
// @ts-expect-error: the type does not exist
machine({ type: 'express' });
// @ts-expect-error: the level does not exist
machine({ logLevel: 'WARN' });
// @ts-expect-error: the log is all that is kept of an EXPRESS execution
machine({ type: 'EXPRESS', logLevel: 'OFF' });
// @ts-expect-error: no log, so no data in it
machine({ logLevel: 'OFF', includeExecutionData: true });
