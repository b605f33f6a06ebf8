// Every test and hook has time in proportion to what was measured. The limits only end what hangs.
import { vi } from 'vitest';
import { patient } from '../patience.ts';

vi.setConfig({ testTimeout: patient(20_000), hookTimeout: patient(40_000) });
