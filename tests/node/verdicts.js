// Ajv's verdicts on payloads: reads {keywords, schemas, judge: [[reference, payload], …]} as JSON
// from standard input, and writes a list of booleans.

import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const { keywords, schemas, judge } = JSON.parse(readFileSync(0, "utf-8"));

// Strict, so that a keyword that nobody knows is an error; but a type may be left to a $ref.
const ajv = new Ajv.default({ strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
ajv.addVocabulary(keywords);
for (const [uri, schema] of Object.entries(schemas)) ajv.addSchema(schema, uri);

const validators = new Map();
for (const [reference] of judge) {
  if (!validators.has(reference)) validators.set(reference, ajv.compile({ $ref: reference }));
}
console.log(JSON.stringify(judge.map(([reference, payload]) => validators.get(reference)(payload))));
