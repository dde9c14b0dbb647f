#!/bin/bash
# A sweep as a Slurm array: each task does its part (`--shard auto`), into one folder that all nodes see.
#   sbatch --array=0-7 slurm.sh study.yaml /shared/results
# The table, when all parts are done:
#   sbatch --dependency=afterok:JOB --array=0 --export=ALL,VPP_MERGE=1 slurm.sh study.yaml /shared/results
# VPP_HOME is the clone of the workbench (default: where the job was submitted from). A part that was ended goes on
# where it was when it is submitted again.
#SBATCH --job-name=vpp-sweep
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=04:00:00
#SBATCH --signal=B:TERM@60
#SBATCH --requeue
set -euo pipefail
sweep=${1:?usage: sbatch --array=0-7 slurm.sh SWEEP OUT}
out=${2:?usage: sbatch --array=0-7 slurm.sh SWEEP OUT}
vpp="${VPP_HOME:-${SLURM_SUBMIT_DIR:-.}}/cli/vpp.mjs"
if [ "${VPP_MERGE:-}" = 1 ]; then
  exec node "$vpp" sweep "$sweep" --out "$out" --merge
fi
# `exec`: the signal that comes a minute before the time is up must reach vpp, which then stops with all that is done kept.
exec node "$vpp" sweep "$sweep" --out "$out" --shard auto --workers "${SLURM_CPUS_PER_TASK:-1}"
