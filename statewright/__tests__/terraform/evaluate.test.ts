import { join } from 'node:path';
import { type EvalContext, LITERALS } from '../../src/terraform/evaluate';
import { evaluateArgument } from '../../src/terraform/evaluate-argument';
import type { Value } from '../../src/terraform/value';

const files: Record<string, string> = {
  './hello.txt': 'hello',
  'states.json': `{"Resource": "\${arn}", "Seconds": \${count + 1}}`,
  'lines.txt': `a\n  %{ for x in ["1", "2"] ~}\n\n    <\${x}>\n  %{ endfor ~}\n\n\n  end\n%{ if true ~}\n   y\n   \n %{~ endif ~}\n z`,
  'markers.txt': `[\${join(",", ["x"])~}\n\n  b   \n\n  \${~ "c" }]`,
  'wrong.json': `\${var.name}`,
  'itself.json': `\${templatefile("itself.json", {})}`,
};

const context: EvalContext = {
  ...LITERALS,
  folder: join(__dirname, '../../..'),
  roots: {
    var: { name: 'Test', count: 3, flag: true, tags: { a: '1', b: '2' }, list: ['x', 'y'] },
    path: { module: '.' },
    data: { aws_region: { here: { name: 'eu-west-1' } } },
    aws_lambda_function: { test: { arn: 'arn:test', 'dashed-name': 'dashed' } },
  },
  readFile: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
};

const evaluated = (argument: Value) => evaluateArgument(argument, context, 'aws_x.y.z');

test.each<[string, Value]>([
  // Templates
  ['plain text', 'plain text'],
  ['', ''],
  ['a $ and a % and a {', 'a $ and a % and a {'],
  [`$\${literal} %%{literal}`, `\${literal} %{literal}`],
  ['back\\slash "quoted"', 'back\\slash "quoted"'],
  [`{"Arn":"\${aws_lambda_function.test.arn}:*"}`, '{"Arn":"arn:test:*"}'],
  [`\${var.name}-\${data.aws_region.here.name}-\${var.count}-\${var.flag}`, 'Test-eu-west-1-3-true'],
  [`\${path.module}/file`, './file'],
  [`\${"\${var.name}!"}`, 'Test!'],
  [`\${"tab\\tquote\\"unicode\\u00e9"}`, 'tab\tquote"unicodeé'],
  // A string that is one expression keeps its type
  [`\${var.count}`, 3],
  [`\${var.flag}`, true],
  [`\${var.list}`, ['x', 'y']],
  [`\${ null }`, null],
  // References
  [`\${var.tags.a}`, '1'],
  [`\${var.tags["b"]}`, '2'],
  [`\${var.list[1]}`, 'y'],
  [`\${var.list.0}`, 'x'],
  [`\${var.list[var.count - 3]}`, 'x'],
  [`\${aws_lambda_function.test.dashed-name}`, 'dashed'],
  // Literals and operators
  [`\${[1, "two", [3],]}`, [1, 'two', [3]]],
  [`\${{ a = 1, "b" : 2, (var.name) = 3 }}`, { a: 1, b: 2, Test: 3 }],
  [
    `\${{ for name in ["x"] : name => { "\${name}" = 1, "\${name}y" = 2, name = 3, "name-4" = 4 } }}`,
    { x: { x: 1, xy: 2, name: 3, 'name-4': 4 } },
  ],
  [`\${{\n  a = 1\n  b = 2\n}}`, { a: 1, b: 2 }],
  [`\${1 + 2 * 3 - 4 / 2}`, 5],
  [`\${(1 + 2) * 3 % 4}`, 1],
  [`\${-var.count}`, -3],
  [`\${1.5e2}`, 150],
  [`\${var.count >= 3 && !(var.name != "Test") || false}`, true],
  [`\${var.count < 3}`, false],
  [`\${"3" + 1}`, 4],
  [`\${var.tags == { a = "1", b = "2" }}`, true],
  [`\${var.flag ? "yes" : "no"}`, 'yes'],
  [`\${var.count == 2 ? "two" : var.count == 3 ? "three" : "many"}`, 'three'],
])('%j is %j', (template, value) => {
  expect(evaluated(template)).toEqual(value);
});

test.each<[string, Value]>([
  [`file("\${path.module}/hello.txt")`, 'hello'],
  ['fileexists("./hello.txt")', true],
  ['fileexists("./nowhere.txt")', false],
  [
    `templatefile("states.json", { arn = aws_lambda_function.test.arn, count = var.count })`,
    '{"Resource": "arn:test", "Seconds": 4}',
  ],
  // A strip marker removes white space of one line.
  ['templatefile("lines.txt", {})', 'a\n  \n    <1>\n  \n    <2>\n  \n\n  end\n   y\n   \n z'],
  ['templatefile("markers.txt", {})', '[x\n  b   \n\nc]'],
  ['filebase64("./hello.txt")', 'aGVsbG8='],
  ['filemd5("./hello.txt")', '5d41402abc4b2a76b9719d911017c592'],
  ['filesha1("./hello.txt")', 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'],
  ['filesha256("./hello.txt")', '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
  ['filebase64sha256("./hello.txt")', 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
  ['templatestring("$${greeting} $${name}", { greeting = "hi", name = var.name })', 'hi Test'],
  [
    'fileset(".", "statewright/src/terraform/functions/{csv,json}.ts")',
    ['statewright/src/terraform/functions/csv.ts', 'statewright/src/terraform/functions/json.ts'],
  ],
  [
    'fileset(".", "statewright/__tests__/fixture/**/stack.ts")',
    ['statewright/__tests__/fixture/src/stack.ts'],
  ],
  ['fileset("nowhere", "*")', []],
  ['timestamp()', '1970-01-01T00:00:00Z'],
])('the function %s', (call, value) => {
  expect(evaluated(`\${${call}}`)).toEqual(value);
});

test('expressions are evaluated at any depth, and comments are left out', () => {
  expect(evaluated({ '//': `\${broken`, list: [{ name: `\${var.name}` }], flag: true, none: null })).toEqual({
    list: [{ name: 'Test' }],
    flag: true,
    none: null,
  });
});

describe('an expression without a value: the error has the place and the reason', () => {
  test.each([
    [`\${var.name`, `Expected } at column 11 of "\${var.name"`],
    [`\${}`, `Expected an expression at column 3 of "\${}"`],
    [`\${"open}`, 'A string has no end in its line at column 3'],
    [`\${join("," ["a"]}`, 'Expected , or ) at column'],
    [`\${var.names}`, 'refers to the unsupported attribute "names"'],
    [`\${var.name.first}`, 'a string has no attribute "first"'],
    [`\${var.list[7]}`, 'the list has no item 7'],
    [`\${local.x}`, 'refers to local, which does not exist'],
    [`x\${var.list}`, 'expected a string, found a list'],
    [`x\${null}`, 'expected a string, found null'],
    [`\${"a" + 1}`, 'expected a number, found "a"'],
    [`\${"a" && true}`, 'expected true or false, found "a"'],
    [`\${1 / 0}`, 'divides by zero'],
    [`\${file("nowhere")}`, 'the file nowhere does not exist'],
    [`\${templatefile("nowhere", {})}`, 'the file nowhere does not exist'],
    [`\${templatefile("wrong.json", { a = 1 })}`, 'wrong.json: refers to var, which does not exist'],
    [`\${templatefile("itself.json", {})}`, 'itself.json: calls templatefile() in a file that it reads'],
    [`\${jsondecode("{")}`, 'the argument of jsondecode() is not valid JSON: line 1, column 2: '],
    [`\${format("%s")}`, 'format() has no value for %s'],
    [`\${format("%z", "x")}`, 'format() does not support %z here'],
    [`\${format("%9999999999d", 1)}`, 'format() does not support %9999999999d here'],
    [`\${format("%.101f", 1)}`, 'format() does not support %.101f here'],
    [`\${range(1025)}`, 'range() makes at most 1024 numbers'],
    [`\${format("%d", 1.5)}`, 'expected an integer, found 1.5'],
    [`\${lookup({}, "a")}`, 'lookup() did not find the key "a"'],
    [`\${element([], 0)}`, 'element() needs a list that is not empty, and an index from 0'],
    [`\${coalesce("")}`, 'coalesce() found only null and ""'],
    [`\${regex("a", "b")}`, 'regex() found no match'],
    [`\${regex("(", "b")}`, 'error parsing regexp: missing closing )'],
    [`\${yamldecode("a: [")}`, 'Flow sequence'],
    [`\${timeadd("today", "1h")}`, 'expected an RFC 3339 timestamp, found "today"'],
    [`\${timeadd("2020-01-01T00:00:00Z", "1 day")}`, 'expected a duration such as 1h30m, found "1 day"'],
    [`\${cidrhost("10.0.0.0", 1)}`, 'expected a range such as 10.0.0.0/16, found "10.0.0.0"'],
    [`\${one([1, 2])}`, 'one() needs a list of at most one item'],
    [`\${{ for x in [1, 1] : x => x }}`, 'two items of the for expression have the key "1"'],
    [`\${[for x in 1 : x]}`, 'for: expected a list or an object, found a number'],
    [`\${try(var.nope, var.none)}`, 'refers to the unsupported attribute "none"'],
    [`\${keys("a")}`, 'expected an object, found a string'],
    [`\${concat("a")}`, 'expected a list, found a string'],
    [`\${bcrypt("x")}`, 'the function bcrypt() is not supported here'],
    [`\${provider::aws::arn_parse("x")}`, 'the function provider::aws::arn_parse() is not supported here'],
    ['%{if true}x', 'Expected %{ endif }'],
    ['%{endif}', 'Unexpected %{ endif }'],
    ['%{while true}', 'Expected if, else, endif, for or endfor'],
    [`\${[for in x : x]}`, 'Expected in at column'],
  ])('%s', (template, message) => {
    expect(() => evaluated({ inner: [template] })).toThrow(`aws_x.y.z.inner[0]: ${message}`);
  });

  test('with the closest name, if a name is close', () => {
    expect(() => evaluated(`\${var.nme}`)).toThrow(expect.objectContaining({ hint: 'Did you mean name?' }));
    expect(() => evaluated(`\${joyn("")}`)).toThrow(
      expect.objectContaining({ hint: 'Did you mean join()?' }),
    );
    expect(() => evaluated(`\${dat.x}`)).toThrow(expect.objectContaining({ hint: 'Did you mean data?' }));
  });

  test('a long text is cut to the part around the place', () => {
    const long = ['x'.repeat(500), '{!}', 'y'.repeat(500)].join('$').replace('$y', 'y');

    expect(() => evaluated(long)).toThrow(/of "…x{36,38}\$\{!\}y{30,40}…"$/);
  });
});
