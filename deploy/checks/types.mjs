// Checks objects against the types of the Kubernetes and KEDA APIs: each object becomes a constant of
// its type, and the compiler complains about unknown fields, wrong types and missing ones.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("./", import.meta.url));

function typeOf({ apiVersion, kind }) {
    const group = apiVersion.includes("keda.sh/")
        ? `@kubernetes-models/keda/${apiVersion}` : `kubernetes-models/${apiVersion}`;
    return `import("${group}/${kind}").I${kind}`;
}

/** The compiler's complaints about the objects; empty if there are none. */
export function typeErrors(objects) {
    if (objects.length === 0) {
        throw new Error("nothing to check");
    }
    const folder = mkdtempSync(`${here}.types-`);
    try {
        const source = objects.map((object, index) =>
            `export const object${index}: ${typeOf(object)} = ${JSON.stringify(object, null, 2)};\n`);
        writeFileSync(`${folder}/objects.ts`, source.join("\n"));
        const run = spawnSync(process.execPath, [
            `${here}node_modules/typescript/bin/tsc`,
            "--noEmit", "--strict", "--skipLibCheck", "--types", "",
            "--module", "nodenext", "--moduleResolution", "nodenext", "--target", "esnext",
            `${folder}/objects.ts`,
        ], { encoding: "utf8", cwd: here });
        if (run.error) {
            throw run.error;
        }
        return run.status === 0 ? "" : run.stdout + run.stderr;
    } finally {
        rmSync(folder, { recursive: true });
    }
}
