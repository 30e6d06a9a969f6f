#!/usr/bin/env python3
"""Writes the reference of TextTests from Hugging Face's tokenizers and transformers.

usage: text.py [ENCODER]    ENCODER: the folder of all-MiniLM-L6-v2, by default the one scripts/get-text-encoder fetched

Into Tests/TextTests/Reference:
  token_ids.json       texts and their ids, cut at 256
  code_point_ids.json  for each 256 code points, an FNV-1a hash of the ids of "aXa X", X each code point
  embeddings.json      captions, and how the floats of embeddings.f32 are split among them
  embeddings.f32       little-endian float32: sentence embeddings, then last hidden states of some captions
Needs torch, transformers and tokenizers.
"""
import json
import struct
import sys
from pathlib import Path

# safetensors.py beside this script must not hide the package, which transformers imports.
sys.path.append(sys.path.pop(0))

import torch
import transformers
from tokenizers import Tokenizer

from texts import CAPTIONS, texts

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "Tests/TextTests/Reference"
ENCODER = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".cache/text-encoder/all-MiniLM-L6-v2"
MAXIMUM_LENGTH = 256
# Captions of which the last hidden states are kept, not the sentence embedding alone.
WITH_TOKENS = [0, 8]


def write_token_ids(tokenizer):
    reference = [{"text": text, "ids": tokenizer.encode(text).ids} for text in texts()]
    rows = ",\n".join(json.dumps(row) for row in reference)
    (OUT / "token_ids.json").write_text(f"[\n{rows}\n]\n")
    print(len(reference), "texts")


def fnv1a(ids):
    value = 0xCBF29CE484222325
    for number in ids:
        for byte in struct.pack("<I", number):
            value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def write_code_point_ids(tokenizer):
    """Planes 0, 1, 2 and the tags of plane 14: beyond lie unassigned and private code points only."""
    hashes = {}
    for first in list(range(0, 0x30000, 256)) + list(range(0xE0000, 0xE0200, 256)):
        if 0xD800 <= first <= 0xDFFF:
            continue
        encodings = tokenizer.encode_batch([f"a{chr(c)}a {chr(c)}" for c in range(first, first + 256)])
        hashes[f"{first:05X}"] = f"{fnv1a([i for encoding in encodings for i in encoding.ids]):016x}"
    (OUT / "code_point_ids.json").write_text(json.dumps(hashes, indent=0) + "\n")


def write_embeddings(tokenizer):
    model = transformers.BertModel.from_pretrained(ENCODER, add_pooling_layer=False).eval()
    sentences, tokens = [], []
    for caption in CAPTIONS:
        ids = torch.tensor([tokenizer.encode(caption).ids])
        with torch.no_grad():
            states = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0]
        # sentence-transformers: 1_Pooling (mean of tokens), 2_Normalize.
        sentences.append(torch.nn.functional.normalize(states.mean(0), dim=0))
        tokens.append(states)
    flat = torch.cat(sentences + [tokens[index].flatten() for index in WITH_TOKENS])
    (OUT / "embeddings.f32").write_bytes(flat.numpy().astype("<f4").tobytes())
    description = {
        "width": sentences[0].numel(),
        "captions": CAPTIONS,
        "tokenStates": [{"caption": index, "tokenCount": len(tokens[index])} for index in WITH_TOKENS],
    }
    (OUT / "embeddings.json").write_text(json.dumps(description, indent=1) + "\n")
    check_against_sentence_transformers(sentences)


def check_against_sentence_transformers(sentences):
    try:
        import sentence_transformers
    except ImportError:
        return
    encoder = sentence_transformers.SentenceTransformer(str(ENCODER), device="cpu")
    expected = torch.tensor(encoder.encode(CAPTIONS, batch_size=1))
    print("sentence-transformers, greatest difference:", (expected - torch.stack(sentences)).abs().max().item())


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAXIMUM_LENGTH)
    write_token_ids(tokenizer)
    write_code_point_ids(tokenizer)
    write_embeddings(tokenizer)


if __name__ == "__main__":
    main()
