/** One instruction of a Dockerfile. */
export interface Instruction {
  name: string;
  /** Its text with continued lines joined, without flags. */
  text: string;
  flags: Record<string, string>;
}

/** One stage, from its `FROM` to the next one. */
export interface Stage {
  image: string;
  name: string | undefined;
  instructions: Instruction[];
}

const names = new Set(
  'ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);

/** Reads a Dockerfile; throws at an instruction that does not exist or should not be used. */
export function parseDockerfile(text: string): Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split('\n');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!names.has(name)) throw new Error(`"${line}" is no instruction for this Dockerfile.`);
    if (name === 'FROM') {
      const [image = '', as, stage] = rest.split(/\s+/);
      if (as !== undefined && as !== 'AS') throw new Error(`"${line}" names its stage without AS.`);
      stages.push({ image, name: stage, instructions: [] });
    } else {
      const [, flags = '', own = ''] = /^((?:--[\w-]+=\S+\s+)*)(.*)$/.exec(rest)!;
      stages.at(-1)!.instructions.push({
        name,
        text: own,
        flags: Object.fromEntries([...flags.matchAll(/--([\w-]+)=(\S+)/g)].map(([, flag, value]) => [flag!, value!])),
      });
    }
  }
  return stages;
}

/** The instructions of a stage with one name. */
export function all({ instructions }: Stage, name: string): Instruction[] {
  return instructions.filter((instruction) => instruction.name === name);
}

/** Returns the arguments of `CMD ["…"]` and the like; throws where they are for a shell. */
export function execForm(text: string): string[] {
  return JSON.parse(text) as string[];
}
