// Reads {"document": "<yaml>", "cases": [{"schema", "body", "accepted"}]} from standard input and writes what is wrong, a line each.
// No line, exit code 0: the document is valid AsyncAPI, its examples fit their schemas, and its schemas take what the reader takes.
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import Ajv from 'ajv';

const { document, cases } = JSON.parse(readFileSync(0, 'utf8'));
const wrong = [];

const { document: api, diagnostics } = await new Parser().parse(document);
for (const found of diagnostics.filter(diagnostic => diagnostic.severity <= 1 && diagnostic.code !== 'asyncapi-latest-version')) {
  wrong.push(`${found.code} at ${found.path.join('.')}: ${found.message}`);
}
if (!api) wrong.push('The parser made no document.');

const ajv = new Ajv({ strict: false, formats: { 'date-time': true, uuid: true, int64: true } });
const schemas = api?.json().components.schemas ?? {};
const compiled = new Map();
const validator = name => {
  if (!compiled.has(name)) compiled.set(name, ajv.compile({ $ref: `#/components/schemas/${name}`, components: { schemas } }));
  return compiled.get(name);
};

let examples = 0;
for (const message of api?.allMessages().all() ?? []) {
  for (const example of message.examples().all()) {
    examples++;
    const validate = validator(message.name());
    if (!validate(example.payload())) wrong.push(`The example of ${message.name()} does not fit: ${ajv.errorsText(validate.errors)}`);
  }
}

for (const { schema, body, accepted } of api ? cases : []) {
  const validate = validator(schema);
  if (validate(JSON.parse(body)) !== accepted) {
    wrong.push(`${schema}: the reader ${accepted ? 'takes' : 'refuses'} ${body}, the schema does not: ${ajv.errorsText(validate.errors)}`);
  }
}

console.log(JSON.stringify({ wrong, examples, cases: cases.length }));
