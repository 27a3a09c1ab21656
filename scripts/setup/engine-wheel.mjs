/** The native engine from PyPI's TensorFlow wheel: fetched by hash, unpacked in part, tfjs-node's addon built against it. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { venvPython } from "./python.mjs";
import { fingerprint, read, readStamp, run, stamped } from "./step.mjs";

const version = "2.21.0";

/** The pinned wheels: one version for everybody, whatever Python runs here. */
const wheels = {
  "linux-x64": {
    package: "tensorflow-cpu",
    platform: "manylinux_2_27_x86_64",
    sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
  },
  "linux-arm64": {
    package: "tensorflow",
    platform: "manylinux_2_27_aarch64",
    sha256: "b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552",
  },
  "darwin-arm64": {
    package: "tensorflow",
    platform: "macosx_12_0_arm64",
    sha256: "56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712",
  },
};

export const wheelFor = (platform = process.platform, arch = process.arch) => wheels[`${platform}-${arch}`];

const home = (root) => join(root, ".engine", "wheel");

export async function buildWheelEngine(root, addon, wheel, say) {
  await fetchLibrary(root, wheel, say);
  const built = join(home(root), "tfjs_binding.node");
  // tfjs-node's version is pinned in package-lock.json; a Node with another N-API builds its own
  const wanted = fingerprint(wheel.sha256, process.versions.napi, read(join(addon, "package.json")));
  const stamp = join(home(root), ".built");
  if (readStamp(stamp) === wanted && existsSync(built)) return;
  await stamped(stamp, wanted, async () => {
    say("compiling tfjs-node's addon, about 20 s");
    linkLibrary(root, addon);
    const headers = resolve(dirname(process.execPath), "..");
    const haveHeaders = existsSync(join(headers, "include", "node", "node_api.h"));
    const gyp = join(root, "node_modules", "@mapbox", "node-pre-gyp", "bin", "node-pre-gyp");
    await run(root, "addon", process.execPath, [gyp, "install", "--build-from-source"], {
      cwd: addon,
      env: { ...process.env, ...(haveHeaders ? { npm_config_nodedir: headers } : {}) },
    });
    copyFileSync(findAddon(addon), built);
  });
}

/** Puts library and addon where tfjs-node looks for them. */
export function linkWheelEngine(root, addon) {
  linkLibrary(root, addon);
  const folder = addonFolder(addon);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(home(root), "tfjs_binding.node"), join(folder, "tfjs_binding.node"));
}

async function fetchLibrary(root, wheel, say) {
  const folder = home(root);
  const stamp = join(folder, ".unpacked");
  if (readStamp(stamp) === wheel.sha256) return;
  await stamped(stamp, wheel.sha256, async () => {
    const fresh = `${folder}.part`;
    for (const old of [folder, fresh]) rmSync(old, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    const pin = join(fresh, "requirements.txt");
    writeFileSync(pin, `${wheel.package}==${version} --hash=sha256:${wheel.sha256}\n`);
    say(`fetching TensorFlow ${version} from PyPI (about 270 MB)`);
    const target = ["--python-version", "3.12", "--implementation", "cp", "--platform", wheel.platform];
    await run(root, "wheel", venvPython(root), [
      ...[
        "-m",
        "pip",
        "download",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
      ],
      ...[...target, "--dest", fresh, "-r", pin],
    ]);
    say("unpacking libtensorflow");
    const [file] = readdirSync(fresh).filter((name) => name.endsWith(".whl"));
    await run(root, "unpack", venvPython(root), ["-c", unpack, join(fresh, file), fresh]);
    for (const done of [file, "requirements.txt"]) rmSync(join(fresh, done));
    writeFileSync(
      join(fresh, "engine.json"),
      JSON.stringify({ name: "wheel", tensorflow: version, ...wheel }, null, 2),
    );
    renameSync(fresh, folder);
  });
}

/** Libraries into lib/, the headers that the addon includes into include/. */
const unpack = `
import os, sys, zipfile
wheel, to = sys.argv[1:]
headers = ("tensorflow/c/", "tensorflow/core/platform/", "xla/", "tsl/", "third_party/xla/", "third_party/tsl/")
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.startswith("tensorflow/libtensorflow"):
            path = os.path.join(to, "lib", os.path.basename(name))
        elif name.startswith("tensorflow/include/") and name[len("tensorflow/include/"):].startswith(headers) and not name.endswith("/"):
            path = os.path.join(to, name[len("tensorflow/"):])
        else:
            continue
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(name) as source, open(path, "wb") as target:
            while chunk := source.read(1 << 20):
                target.write(chunk)
`;

function linkLibrary(root, addon) {
  const deps = join(addon, "deps");
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, "lib"), { recursive: true });
  const from = join(home(root), "lib");
  // relative links survive a moved folder
  const link = (target, path) => existsSync(path) || symlinkSync(relative(dirname(path), target), path);
  for (const name of readdirSync(from)) link(join(from, name), join(deps, "lib", name));
  for (const [alias, name] of aliases(readdirSync(from))) link(join(from, name), join(deps, "lib", alias));
  link(join(home(root), "include"), join(deps, "include"));
  copyFileSync(join(home(root), "engine.json"), join(deps, "engine.json"));
}

/** The names under which tfjs-node's binding.gyp asks for the libraries. */
function aliases(names) {
  const find = (pattern) => names.find((name) => pattern.test(name));
  const cc = find(/^libtensorflow_cc\./);
  const framework = find(/^libtensorflow_framework\./);
  if (!cc || !framework)
    throw new Error(
      `expected libtensorflow_cc and libtensorflow_framework in the wheel, got [${names.join(", ")}]`,
    );
  return process.platform === "darwin"
    ? [
        ["libtensorflow.2.dylib", cc],
        ["libtensorflow_framework.2.dylib", framework],
      ]
    : [
        ["libtensorflow.so", cc],
        ["libtensorflow_framework.so", framework],
      ];
}

const addonFolder = (addon) => join(addon, "lib", `napi-v${Math.min(8, Number(process.versions.napi))}`);

function findAddon(addon) {
  const file = join(addonFolder(addon), "tfjs_binding.node");
  if (!existsSync(file)) throw new Error(`the compiler left no ${file}`);
  return file;
}
