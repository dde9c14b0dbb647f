import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { type Manifest, RUN_FILES } from '../../data/run-files.ts'
import { galleryNames } from '../../scenarios/gallery.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { didYouMean } from '../../scenarios/nearest.ts'
import type { Path } from '../../scenarios/path.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { prepare } from '../../sim/prepare.ts'
import { holdsRun, readManifest } from '../../sim/run-folder.ts'
import { runIdOf } from '../../sim/run.ts'
import { findRun } from '../find-run.ts'

/** What a viability report is asked of: a scenario that is still to be run, or a run that is there. */
export interface Subject {
  /** As it was named: what the command that makes the report again names. */
  readonly name: string
  readonly scenario: Scenario
  /** Folder that the scenario's data files are relative to. */
  readonly baseDir: string
  readonly placeOf?: (path: Path) => string
  /** Folder of the run; null: it is to be run. */
  readonly runDir: string | null
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile()

/**
 * Finds a scenario (name in the gallery, YAML file) or a run (folder, its name under `runsDir`, the beginning of that).
 * @throws VppError('invalid') when it is neither, or a run whose data are no longer as they were
 */
export function findSubject(name: string, runsDir: string, version: string): Subject {
  if (galleryNames().includes(name) || isFile(name)) {
    const { scenario, path, placeOf } = loadScenario(name)
    return { name, scenario, baseDir: dirname(path), placeOf, runDir: null }
  }
  return subjectOfRun(name, foundRun(name, runsDir), version)
}

function foundRun(name: string, runsDir: string): string {
  try {
    return findRun(name, runsDir)
  } catch (error) {
    if (!(error instanceof VppError) || !error.message.includes('is no run')) throw error
    throw new VppError(
      'invalid',
      {
        place: name,
        problem: `is neither a scenario nor a run in ${runsDir}`,
        fix:
          didYouMean(name, galleryNames()) ||
          'give a YAML file, a name of `vpp scenarios`, or a folder that `vpp run` wrote',
      },
      error,
    )
  }
}

/** The scenario of a run, with the folder of its data: that of the scenario which its command names. */
function subjectOfRun(name: string, runDir: string, version: string): Subject {
  const manifest = readManifest(runDir)
  const refuse = (problem: string, fix: string): never => {
    throw new VppError('invalid', { place: runDir, problem, fix })
  }
  if (!manifest.complete) refuse('was stopped before its end', `run it to its end: ${manifest.command}`)
  if (manifest.version !== version)
    refuse(`was made by version ${manifest.version}; this is ${version}`, `run it again: ${manifest.command}`)
  // Every file of it must be as the run wrote it.
  holdsRun(runDir, manifest.runId)
  const { scenario } = loadScenario(join(runDir, RUN_FILES.scenario))
  const baseDir = dataFolders(manifest, runDir).find((dir) => isRunOf(manifest, scenario, dir))
  if (baseDir === undefined)
    return refuse(
      'its data files are not where its scenario was, or were changed',
      `name its scenario instead of the run, which was made by: ${manifest.command}`,
    )
  return { name, scenario, baseDir, runDir }
}

/** Where the data of a run may be: beside the scenario that its command names, here, in its own folder. */
function dataFolders({ command }: Manifest, runDir: string): string[] {
  const scenario = /^vpp \S+ (\S+)/.exec(command)?.[1]
  return [...(scenario !== undefined && isFile(scenario) ? [dirname(scenario)] : []), '.', runDir]
}

function isRunOf({ runId, version }: Manifest, scenario: Scenario, baseDir: string): boolean {
  try {
    return runIdOf(scenario, prepare(scenario, baseDir), version) === runId
  } catch (error) {
    if (error instanceof VppError) return false
    throw error
  }
}
