import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvField } from './audit-export.ts';

test('what a spreadsheet would run is text to it', () => {
  assert.equal(
    csvField('=HYPERLINK("http://evil.example")'),
    `"'=HYPERLINK(""http://evil.example"")"`,
  );
  for (const first of ['+', '-', '@', '\t', '\r', '%', '|']) {
    assert.equal(csvField(`${first}1`), `"'${first}1"`);
  }
  assert.equal(csvField('service orders, "new"'), '"service orders, ""new"""');
});
