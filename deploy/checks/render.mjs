// Renders the Kustomize directories with whatever tool the machine has.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";

const kubernetes = fileURLToPath(new URL("../kubernetes/", import.meta.url));
export const overlays = ["base", "overlays/cpu", "overlays/gpu", "overlays/keda"];

const renderers = [
    ["kubectl", "kustomize"],
    ["kustomize", "build"],
];

function works([tool, ...args]) {
    return spawnSync(tool, [...args, "--help"], { stdio: "ignore" }).status === 0;
}

const renderer = renderers.find(works);

/** Why nothing can be rendered here, or false. */
export const skip = renderer ? false : "neither kubectl nor kustomize found: manifests not rendered";

/** The objects of a Kustomize directory. */
export function render(overlay) {
    const [tool, ...args] = renderer;
    const run = spawnSync(tool, [...args, kubernetes + overlay], { encoding: "utf8" });
    if (run.status !== 0) {
        throw new Error(`${tool} could not render ${overlay}: ${run.stderr}`);
    }
    const documents = parseAllDocuments(run.stdout);
    for (const document of documents) {
        if (document.errors.length > 0) {
            throw document.errors[0];
        }
    }
    const objects = documents.map((document) => document.toJS()).filter((object) => object);
    if (objects.length === 0) {
        throw new Error(`${overlay} renders to nothing`);
    }
    return objects;
}
