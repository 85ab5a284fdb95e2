import { type EvalContext, evaluateArgument } from '../../src/terraform/evaluate';
import type { Value } from '../../src/terraform/value';

const files: Record<string, string> = {
  './hello.txt': 'hello',
  'states.json': `{"Resource": "\${arn}", "Seconds": \${count + 1}}`,
  'wrong.json': `\${var.name}`,
  'itself.json': `\${templatefile("itself.json", {})}`,
};

const context: EvalContext = {
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
  ['jsonencode({ b = [1, true, null], a = "<&>" })', '{"a":"\\u003c\\u0026\\u003e","b":[1,true,null]}'],
  ['jsondecode("{\\"a\\": [1]}").a[0]', 1],
  ['join("-", ["a", "b"], ["c"])', 'a-b-c'],
  ['split(",", "a,b")', ['a', 'b']],
  ['format("%s has %d%% of %v", var.name, 5, true)', 'Test has 5% of true'],
  ['replace("a.b.c", ".", "$&")', 'a$&b$&c'],
  ['upper(lower(trimspace(" Ab ")))', 'AB'],
  ['trimprefix("aws_x", "aws_")', 'x'],
  ['trimsuffix("x.ts", ".ts")', 'x'],
  ['concat(["a"], ["b"])', ['a', 'b']],
  ['contains(["a"], "a")', true],
  ['element(["a", "b"], 3)', 'b'],
  ['keys({ b = 1, a = 2 })', ['a', 'b']],
  ['values({ b = 1, a = 2 })', [2, 1]],
  ['length("héé")', 3],
  ['length([1, 2])', 2],
  ['length({ a = 1 })', 1],
  ['lookup(var.tags, "z", "none")', 'none'],
  ['merge({ a = 1, b = 1 }, null, { b = 2 })', { a: 1, b: 2 }],
  ['coalesce(null, "", "x")', 'x'],
  ['tostring(1)', '1'],
  ['tonumber("1")', 1],
  ['tobool("true")', true],
  ['toset(["b", "a", "b"])', ['a', 'b']],
  ['tolist(["b"])', ['b']],
  ['tomap({ a = 1 })', { a: 1 }],
  ['sensitive("s")', 's'],
  ['nonsensitive("s")', 's'],
  ['base64encode("hello")', 'aGVsbG8='],
  ['base64decode("aGVsbG8=")', 'hello'],
  ['md5("hello")', '5d41402abc4b2a76b9719d911017c592'],
  ['sha256("hello")', '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
  ['base64sha256("hello")', 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
  ['basename("a/b.txt")', 'b.txt'],
  ['dirname("a/b.txt")', 'a'],
  [`file("\${path.module}/hello.txt")`, 'hello'],
  [
    `templatefile("states.json", { arn = aws_lambda_function.test.arn, count = var.count })`,
    '{"Resource": "arn:test", "Seconds": 4}',
  ],
  ['filebase64("./hello.txt")', 'aGVsbG8='],
  ['filemd5("./hello.txt")', '5d41402abc4b2a76b9719d911017c592'],
  ['filesha256("./hello.txt")', '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
  ['filebase64sha256("./hello.txt")', 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
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
    [`\${"open}`, 'Expected " at column 9'],
    [`\${join("," ["a"]}`, 'Expected , or ) at column'],
    [`\${var.names}`, 'refers to the unsupported attribute "names"'],
    [`\${var.name.first}`, 'a string has no attribute "first"'],
    [`\${var.list[7]}`, 'a list has no item 7'],
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
    [`\${format("%q", "x")}`, 'format() does not support %q for a string here'],
    [`\${lookup({}, "a")}`, 'lookup() did not find the key "a"'],
    [`\${element([], 0)}`, 'element() needs a list that is not empty'],
    [`\${coalesce("")}`, 'coalesce() found only null and ""'],
    [`\${replace("a", "/a/", "b")}`, 'replace() does not support a /pattern/ here'],
    [`\${keys("a")}`, 'expected an object, found a string'],
    [`\${concat("a")}`, 'expected a list, found a string'],
    [`\${uuid()}`, 'the function uuid() is not supported here'],
    [`\${var.list[*]}`, 'The splat expression [*] is not supported here'],
    [`\${[for x in var.list : x]}`, 'A for expression is not supported here'],
    [`\${{for x in var.list : x => x}}`, 'A for expression is not supported here'],
    ['%{if true}x%{endif}', 'The template directive %{ … } is not supported here'],
    [`\${~ var.name ~}`, 'The strip marker ~ is not supported here'],
    [`\${concat(var.list...)}`, 'An expanded argument (…...) is not supported here'],
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
