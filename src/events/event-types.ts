import { z } from 'zod';
import { eventSchema } from './event.ts';

/** The part of JSON Schema that the schema of the events uses. */
interface JsonSchema {
  type?: string;
  const?: string;
  enum?: string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | boolean;
  oneOf?: JsonSchema[];
}

/**
 * Returns the text of `client/events.ts`: the types of the events without zod, so that a page that imports the client
 * needs no other package to be checked.
 */
export function eventTypesModule(): string {
  const { oneOf = [] } = z.toJSONSchema(eventSchema, { io: 'input' }) as JsonSchema;
  const names = oneOf.map((event) => nameOf(event.properties!['type']!.const!));
  return [
    '// The types of the events, from src/events/event.ts: node scripts/docs.js writes this file.',
    '',
    ...oneOf.flatMap((event, index) => [
      `/** The event \`${event.properties!['type']!.const}\`. */`,
      `export interface ${names[index]} ${typeOf(event, '')}`,
      '',
    ]),
    '/** Any event. */',
    'export type HeedEvent =',
    `${names.map((name) => `  | ${name}`).join('\n')};`,
    '',
    '/** The name of an event. */',
    "export type EventType = HeedEvent['type'];",
    '',
    '/** One kind of event. */',
    'export type EventOf<T extends EventType> = Extract<HeedEvent, { type: T }>;',
    '',
  ].join('\n');
}

/** Turns `segment.final` into `SegmentFinalEvent`. */
function nameOf(type: string): string {
  const words = type.split('.').map((word) => word[0]!.toUpperCase() + word.slice(1));
  return `${words.join('')}Event`;
}

function typeOf(schema: JsonSchema, indent: string): string {
  if (schema.const !== undefined) return `'${schema.const}'`;
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return schema.type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array': {
      const item = typeOf(schema.items!, indent);
      return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
    }
    case 'object':
      return schema.properties ? objectOf(schema, indent) : `Record<string, ${typeOf(valuesOf(schema), indent)}>`;
    default:
      return 'unknown';
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema, indent: string): string {
  const lines = Object.entries(properties).flatMap(([name, schema]) => {
    const type = typeOf(schema, `${indent}  `);
    const isRequired = required.includes(name) || type === 'unknown';
    return [
      ...(schema.description === undefined ? [] : [`${indent}  /** ${schema.description} */`]),
      `${indent}  ${name}${isRequired ? '' : '?'}: ${type}${isRequired ? '' : ' | undefined'};`,
    ];
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function valuesOf({ additionalProperties }: JsonSchema): JsonSchema {
  return typeof additionalProperties === 'object' ? additionalProperties : {};
}
