interface ImportMetaEnv {
  readonly VITE_HEED_URL?: string;
}
