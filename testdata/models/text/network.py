"""A small transformer encoder (Vaswani 2017, layer norms first), for pieces of text."""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTH, LAYERS, HEADS, LONGEST = 128, 3, 4, 256


class Layer(nn.Module):
    def __init__(self, dropout: float):
        super().__init__()
        self.width, self.heads = WIDTH, HEADS                     # TorchScript sees no names of the module
        self.first, self.second = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.ask, self.say = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.think = nn.Sequential(nn.Linear(WIDTH, 3 * WIDTH), nn.GELU(), nn.Linear(3 * WIDTH, WIDTH))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        """x [N, T, WIDTH]; hidden [N, 1, 1, T], 0 where there is text and very negative where there is none."""
        n, t = x.shape[0], x.shape[1]
        each = self.width // self.heads
        asked = self.ask(self.first(x)).view(n, t, 3, self.heads, each).permute(2, 0, 3, 1, 4)
        weight = torch.softmax(asked[0] @ asked[1].transpose(2, 3) / each ** 0.5 + hidden, dim=-1)
        x = x + self.dropout(self.say((weight @ asked[2]).transpose(1, 2).reshape(n, t, self.width)))
        return x + self.dropout(self.think(self.second(x)))


class Trunk(nn.Module):
    """input_ids, attention_mask int64 [N, T], T at most LONGEST -> float32 [N, T, WIDTH]."""

    def __init__(self, pieces: int, dropout: float = 0.1):
        super().__init__()
        self.piece, self.place = nn.Embedding(pieces, WIDTH), nn.Embedding(LONGEST, WIDTH)
        nn.init.normal_(self.piece.weight, std=0.05)
        nn.init.normal_(self.place.weight, std=0.05)
        self.layers = nn.ModuleList([Layer(dropout) for _ in range(LAYERS)])
        self.norm, self.dropout = nn.LayerNorm(WIDTH), nn.Dropout(dropout)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        places = torch.arange(input_ids.shape[1], device=input_ids.device).unsqueeze(0)
        x = self.dropout(self.piece(input_ids) + self.place(places))
        hidden = (1.0 - attention_mask.to(x.dtype)).view(x.shape[0], 1, 1, x.shape[1]) * -1e4
        for layer in self.layers:
            x = layer(x, hidden)
        return self.norm(x)


class Entities(nn.Module):
    """-> logits float32 [N, T, labels]."""

    def __init__(self, trunk: Trunk, labels: int):
        super().__init__()
        self.trunk, self.label = trunk, nn.Linear(WIDTH, labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        return self.label(self.trunk(input_ids, attention_mask))


class Passages(nn.Module):
    """-> token_embeddings float32 [N, T, WIDTH], whose mean over the text is its embedding."""

    def __init__(self, trunk: Trunk):
        super().__init__()
        self.trunk, self.out = trunk, nn.Linear(WIDTH, WIDTH)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        return self.out(self.trunk(input_ids, attention_mask))


def mean(embeddings: Tensor, attention_mask: Tensor) -> Tensor:
    """Unit vectors [N, WIDTH]."""
    weight = attention_mask.unsqueeze(2).float()
    return F.normalize((embeddings * weight).sum(1) / weight.sum(1), dim=1)
