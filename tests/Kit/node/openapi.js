// Validates OpenAPI documents with two validators that know nothing of each other.
// usage: node openapi.js FILE...   exits with 1 and says what is wrong.
'use strict';
const fs = require('node:fs');

async function main(files) {
  const { Validator } = await import('@seriousme/openapi-schema-validator');
  const parser = await import('@apidevtools/swagger-parser');
  const SwaggerParser = parser.default?.validate ? parser.default : parser.SwaggerParser ?? parser.default;
  let wrong = 0;
  for (const file of files) {
    const text = fs.readFileSync(file, 'utf8');
    const first = await new Validator().validate(JSON.parse(text));
    if (!first.valid) {
      wrong++;
      console.error(`${file}: openapi-schema-validator: ${JSON.stringify(first.errors, null, 1).slice(0, 4000)}`);
    }
    try {
      await SwaggerParser.validate(JSON.parse(text));
    } catch (fault) {
      wrong++;
      console.error(`${file}: swagger-parser: ${String(fault.message).slice(0, 4000)}`);
    }
  }
  console.log(`${files.length} documents, ${wrong} refusals`);
  process.exitCode = wrong ? 1 : 0;
}

main(process.argv.slice(2));
