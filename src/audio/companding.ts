/** Sample values of the 256 A-law codes (ITU-T G.711), −1…1. */
export const alawTable = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = (bits & 15) * 2 + 1;
  const magnitude = exponent === 0 ? mantissa * 8 : (mantissa + 32) << (exponent + 2);
  return (bits & 0x80 ? magnitude : -magnitude) / 0x8000;
});

/** Sample values of the 256 µ-law codes (ITU-T G.711), −1…1. */
export const mulawTable = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 15) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return (bits & 0x80 ? -magnitude : magnitude) / 0x8000;
});
