"""The denoiser's forward pass, by six peers."""

import copy
import logging
import tempfile
import time
from pathlib import Path

import numpy as np
import onnx as onnx_format
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

TEXT_TOKENS = 16
logging.getLogger("torch.onnx").setLevel(logging.ERROR)


def has(*features):
    """Whether this processor has any of them."""
    return any(f" {feature}" in line for line in open("/proc/cpuinfo") if "flags" in line for feature in features)


def has_bfloat16():
    """Whether this processor multiplies bfloat16 in hardware."""
    return has("avx512_bf16", "amx_bf16")


def precisions():
    """What Hiss computes in on this processor; of bytes only the blocks' layers."""
    return ["float32"] + ["bfloat16"] * has_bfloat16() + ["int8"] * has("avx512_vnni")


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
        "ONNX Runtime int8": lambda: onnx(network, inputs, in_bytes=True),
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


def onnx(network, inputs, in_bytes=False):
    with torch.no_grad():
        program = torch.onnx.export(network, tuple(inputs), dynamo=True, verbose=False)
    model = program.model_proto
    if in_bytes:
        model = quantized(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = torch.get_num_threads()
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    feeds = {entry.name: np.ascontiguousarray(x.numpy()) for entry, x in zip(session.get_inputs(), inputs)}

    def run():
        return torch.from_numpy(session.run(None, feeds)[0])

    run()
    return run


def quantized(model):
    """The same model with every product that has a weight in bytes: weights by output, activations as they come."""
    with tempfile.TemporaryDirectory() as folder:
        plain, coarse = Path(folder) / "plain.onnx", Path(folder) / "coarse.onnx"
        onnx_format.save(model, plain)
        quantize_dynamic(plain, coarse, per_channel=True, weight_type=QuantType.QInt8)
        return onnx_format.load(coarse)
