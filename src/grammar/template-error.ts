import { HeedError } from '../errors.ts';

/** A wrong template; `position` is the index of the wrong letter. */
export class TemplateError extends HeedError {
  readonly position: number;

  constructor(template: string, position: number, message: string) {
    super('bad-template', `${message}, at position ${position + 1} of "${shortened(template)}".`);
    this.position = position;
  }
}

function shortened(template: string): string {
  return template.length > 120 ? `${template.slice(0, 120)}…` : template;
}
