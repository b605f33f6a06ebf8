/** A microphone that can be chosen. */
export interface Device {
  id: string;
  name: string;
}

/** The microphones, and whether the browser tells their names. */
export interface Devices {
  status: 'named' | 'unnamed' | 'insecure';
  devices: Device[];
}

/** Returns the microphones. Before the page may use one, browsers tell neither how many there are nor their names. */
export async function listDevices(media: MediaDevices | undefined = browserMedia()): Promise<Devices> {
  if (!media) return { status: 'insecure', devices: [] };
  const all = await media.enumerateDevices();
  // Chromium lists the default one a second time, under names of its own.
  const devices = all
    .filter(({ kind, deviceId }) => kind === 'audioinput' && !['', 'default', 'communications'].includes(deviceId))
    .map(({ deviceId, label }, index) => ({ id: deviceId, name: label || `Microphone ${index + 1}` }));
  return { status: all.some(({ label }) => label !== '') ? 'named' : 'unnamed', devices };
}

/** Asks for permission to use the microphone, so that its name can be shown. Returns whether it was given. */
export async function askPermission(media: MediaDevices | undefined = browserMedia()): Promise<boolean> {
  try {
    const stream = await media?.getUserMedia({ audio: true });
    for (const track of stream?.getTracks() ?? []) track.stop();
    return stream !== undefined;
  } catch {
    return false;
  }
}

/** Calls the listener when a device is plugged in or out. */
export function onDeviceChange(listener: () => void): void {
  browserMedia()?.addEventListener('devicechange', listener);
}

/** Browsers hide the devices from pages at insecure addresses. */
function browserMedia(): MediaDevices | undefined {
  return 'mediaDevices' in navigator ? navigator.mediaDevices : undefined;
}
