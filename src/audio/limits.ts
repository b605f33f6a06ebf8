/** The lowest and the highest sample rate that is accepted, Hz. */
export const minSampleRateHz = 4_000;
export const maxSampleRateHz = 384_000;

/** The most channels in one stream; they are mixed down to mono. */
export const maxChannels = 64;
