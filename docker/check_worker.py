"""Inside the image: a scheduler and a worker as compose.yaml starts them; a job goes to the worker that has the reader."""

import subprocess
import tempfile

from distributed import Client

from tongka import connect


def answer() -> str:
    return connect("sim:card").transmit(bytes.fromhex("00A4040009A00000000386980701")).hex()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        where = f"{folder}/scheduler.json"
        common = ["--no-dashboard", "--scheduler-file", where]
        programs = [subprocess.Popen(["dask", "scheduler", "--host", "127.0.0.1", "--port", "0", *common], cwd=folder)]
        try:
            programs.append(subprocess.Popen(
                ["dask", "worker", "--nthreads", "1", "--resources", "reader:lab=1", *common], cwd=folder))
            with Client(scheduler_file=where, timeout="60s") as client:
                client.wait_for_workers(1, timeout=60)
                got = client.submit(answer, resources={"reader:lab": 1}).result(timeout=60)
                assert got.endswith("9000"), got
                print(got)
        finally:
            for program in programs:
                program.terminate()
            for program in programs:
                program.wait(20)
