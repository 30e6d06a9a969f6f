"""The denoiser's forward pass, by five peers."""

import copy
import io
import logging
import time

import numpy as np
import onnxruntime
import torch

TEXT_TOKENS = 16
logging.getLogger("torch.onnx").setLevel(logging.ERROR)


def has_bfloat16():
    """Whether this processor multiplies bfloat16 in hardware."""
    return any(" avx512_bf16" in line or " amx_bf16" in line for line in open("/proc/cpuinfo") if "flags" in line)


def inputs(configuration, seconds):
    """Two branches of one clip: patches, times, text tokens, sentences."""
    sizes, mel = configuration["denoiser"], configuration["mel"]
    frames = int(seconds * mel["sampleRate"]) // mel["hopLength"] + 1
    count = -(-frames // sizes["patchLength"])
    random = torch.Generator().manual_seed(1)
    patches = torch.randn(1, count, sizes["patchLength"] * sizes["bandCount"], generator=random).expand(2, -1, -1)
    tokens = 0.3 * torch.randn(2, TEXT_TOKENS, sizes["textWidth"], generator=random)
    sentences = torch.nn.functional.normalize(torch.randn(2, sizes["textWidth"], generator=random))
    return patches.contiguous(), torch.full((2,), 0.5), tokens, sentences


def write(inputs, folder):
    """The inputs as hiss bench-peer reads them."""
    patches, _, tokens, sentences = inputs
    for name, tensor in {"patches": patches[0], "tokens": tokens, "sentences": sentences}.items():
        tensor.numpy().astype("<f4").tofile(folder / f"{name}.f32")


def contestants(network, inputs):
    """Name to a run that returns its seconds; name to the output; name to why a peer is left out."""
    runs, outputs, left_out = {}, {}, {}
    makers = {
        "PyTorch float32": lambda: eager(network, inputs),
        "PyTorch bfloat16": lambda: eager(copy.deepcopy(network).bfloat16(), [x.bfloat16() for x in inputs]),
        "PyTorch compiled float32": lambda: eager(torch.compile(network), inputs),
        "PyTorch compiled bfloat16": lambda: eager(
            torch.compile(copy.deepcopy(network).bfloat16()), [x.bfloat16() for x in inputs]),
        "ONNX Runtime float32": lambda: onnx(network, inputs),
    }
    for name, make in makers.items():
        try:
            run = make()
            outputs[name] = run()
        except Exception as problem:  # a peer that cannot be built here is reported, not hidden
            left_out[name] = str(problem).splitlines()[0]
            continue
        runs[name] = lambda run=run: clocked(run)
    return runs, outputs, left_out


def clocked(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def eager(network, inputs):
    def run():
        with torch.inference_mode():
            return network(*inputs).float()

    # The compiler works on the first calls.
    for _ in range(2):
        run()
    return run


def onnx(network, inputs):
    file = io.BytesIO()
    with torch.no_grad():
        program = torch.onnx.export(network, tuple(inputs), dynamo=True, verbose=False)
    file.write(program.model_proto.SerializeToString())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(file.getvalue(), options, providers=["CPUExecutionProvider"])
    feeds = {entry.name: np.ascontiguousarray(x.numpy()) for entry, x in zip(session.get_inputs(), inputs)}

    def run():
        return torch.from_numpy(session.run(None, feeds)[0])

    run()
    return run
