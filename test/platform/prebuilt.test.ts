import { describe, expect, it } from 'vitest';
import { chooseVariant, type PrebuiltPackage } from '../../src/platform/prebuilt.ts';
import { featuresIn, thisMachine, type Machine } from '../../src/platform/processor.ts';

const linuxX64: PrebuiltPackage = {
  glibc: '2.31',
  variants: [
    { name: 'avx512', needs: ['avx512f', 'avx512_bf16'] },
    { name: 'avx2', needs: ['avx2', 'fma'] },
  ],
};

function machineWith(features: string | undefined, glibc: string | undefined = '2.31'): Machine {
  return { platform: 'linux-x64', features: features === undefined ? undefined : new Set(features.split(' ')), glibc };
}

describe('The prebuilt addons for a machine', () => {
  it.each([
    ['with everything, the fastest', machineWith('avx2 fma avx512f avx512_bf16'), 'avx512'],
    ['with AVX-512 but no bfloat16, those for AVX2', machineWith('avx2 fma avx512f'), 'avx2'],
    ['with AVX2 only, those for AVX2', machineWith('sse4_2 avx2 fma', '2.40'), 'avx2'],
  ])('are %s', (_, machine, name) => {
    expect(chooseVariant(linuxX64, machine)).toMatchObject({ name });
  });

  it.each([
    [machineWith('sse4_2 fma'), 'the prebuilt engine for linux-x64 needs a processor with avx2'],
    [machineWith('avx2 fma', '2.28'), 'the prebuilt engine needs glibc 2.31 or newer; this system has 2.28'],
    [
      { ...machineWith('avx2 fma'), glibc: undefined },
      'the prebuilt engine needs glibc 2.31 or newer; this system has another C library',
    ],
  ])('are none where they would not run, and the reason is told', (machine, problem) => {
    expect(chooseVariant(linuxX64, machine)).toEqual({ problem });
  });

  it('are the first ones where the system does not list the features of its processor', () => {
    const macOs: PrebuiltPackage = { variants: [{ name: 'm1', needs: [] }] };
    const machine: Machine = { platform: 'darwin-arm64', features: undefined, glibc: undefined };
    expect(chooseVariant(macOs, machine)).toMatchObject({ name: 'm1' });
  });
});

describe("A processor's features", () => {
  it('are the flags of x86 and the features of ARM', () => {
    expect(featuresIn('model name\t: Xeon\nflags\t\t: fpu avx2 fma\nbugs\t\t: none\n')).toEqual(
      new Set(['fpu', 'avx2', 'fma']),
    );
    expect(featuresIn('processor\t: 0\nFeatures\t: fp asimd asimddp\n')).toEqual(new Set(['fp', 'asimd', 'asimddp']));
  });

  it('are known on this machine', () => {
    const { platform, features } = thisMachine();
    expect(platform).toBe(`${process.platform}-${process.arch}`);
    if (process.platform === 'linux') expect(features?.size).toBeGreaterThan(0);
  });
});
