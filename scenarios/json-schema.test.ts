import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { JSON_SCHEMA_FILE, jsonSchemaText } from './json-schema.ts'
import { fieldReference, readmeTexts } from './reference.ts'

test('schema.json is what the schema gives: node scenarios/json-schema.ts --write', () => {
  expect(readFileSync(JSON_SCHEMA_FILE, 'utf8')).toBe(jsonSchemaText())
})

test('the field reference of README.md is what the schema gives: node scenarios/reference.ts --write', () => {
  const { actual, expected } = readmeTexts()
  expect(actual).toBe(expected)
  expect(actual).toContain(fieldReference())
})

test('editors get units, defaults and strictness', () => {
  const schema = JSON.parse(jsonSchemaText())
  expect(schema.additionalProperties).toBe(false)
  expect(schema.required).toEqual(['schema', 'name', 'title', 'period', 'timeZone', 'tariff', 'communities'])
  const { battery } = schema.properties.communities.items.properties.homes.items.properties
  expect(battery.additionalProperties).toBe(false)
  expect(battery.properties.capacityKwh.description).toMatch(/Unit: kWh\./)
  expect(battery.properties.standbyW.default).toBe(10)
  expect(jsonSchemaText()).not.toMatch(/"(unit|rule|defaultText)": "/)
})
