/** PyTorch's half of `npm run bench -- grid`: the same layers, masks included, sizes, batches and data. */
import { grid, windowCount } from "./grid-problem";

/**
 * Where there is a choice it is PyTorch's: its own padding of strided convolutions (one step to the left of ours), its
 * fused attention, query, key and value in one product, samples scaled once and not in each batch.
 *
 * Arguments: folder, then folds. A line of JSON a run.
 */
export const torchGrid = `
import json, math, sys, time, torch
from torch import nn
from torch.nn import functional as F
torch.set_num_threads(1)
g = json.loads('''${JSON.stringify({ ...grid, windows: windowCount })}''')
S, N, T, C, D, K = len(g["sensors"]), g["windows"], g["time"], g["channels"], g["dim"], g["classes"]
folder, folds = sys.argv[1], [int(f) for f in sys.argv[2:]]
values = torch.from_file(folder + "/values.f32", size=S * N * T * C, dtype=torch.float32).reshape(S, N, T, C)
labels = torch.from_file(folder + "/labels.i32", size=N, dtype=torch.int32).long()
person = torch.arange(N) // g["windowsEach"]

class Conv(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Sequential(
            nn.Conv1d(C if i == 0 else D, D, 5, stride=2, padding=2, bias=False),
            nn.BatchNorm1d(D), nn.ReLU()) for i in range(3))
        for layer in self.layers: nn.init.kaiming_normal_(layer[0].weight)
    def forward(self, x, v):
        x = x.transpose(1, 2)
        v = v.unsqueeze(1)
        for layer in self.layers:
            x, v = layer(x), F.max_pool1d(v, 2)
        x, v = x.transpose(1, 2), v.squeeze(1)
        tokens = x * v.unsqueeze(2)
        return tokens, v, tokens.sum(1) / v.sum(1, keepdim=True).clamp(min=1)

class Gru(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(C, D, batch_first=True)
    def forward(self, x, v):
        out, _ = self.gru(x)
        last = (v.sum(1).long() - 1).clamp(min=0)
        return out * v.unsqueeze(2), v, out[torch.arange(len(x)), last] * (v.sum(1, keepdim=True) > 0)

encoders = {"conv": Conv, "gru": Gru}

class Early(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoders = nn.ModuleList(encoder() for _ in range(S))
        self.head = nn.Sequential(nn.Linear(S * D + S, g["hidden"]), nn.ReLU(), nn.Dropout(g["dropout"]), nn.Linear(g["hidden"], K))
    def forward(self, xs, vs, presence):
        vectors = [e(open(x, v * presence[:, m:m + 1]), v * presence[:, m:m + 1])[2] for m, (e, x, v) in enumerate(zip(self.encoders, xs, vs))]
        return self.head(torch.cat(vectors + [presence], 1))

def open(x, v):
    return torch.where((v > 0).unsqueeze(2), x, 0.0)

class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.qkv, self.out = nn.LayerNorm(D), nn.Linear(D, 3 * D), nn.Linear(D, D)
        self.drop = nn.Dropout(g["dropout"])
    def forward(self, x, waves, allowed):
        B, n, H = len(x), x.shape[1], g["heads"]
        q, k, v = self.qkv(self.norm(x + waves)).reshape(B, n, 3, H, D // H).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=allowed.unsqueeze(1))
        return x + self.drop(self.out(y.transpose(1, 2).reshape(B, n, D)))

def time_waves(n):
    waves = math.ceil(D / 2)
    omega = torch.exp(torch.arange(waves) / max(1, waves - 1) * math.log(16)) * math.pi
    angles = ((torch.arange(n) + 0.5) / n).unsqueeze(1) * omega
    return torch.cat([angles.sin(), angles.cos()], 1)[:, :D]

class Hybrid(nn.Module):
    def __init__(self, encoder, tokens):
        super().__init__()
        self.encoders = nn.ModuleList(encoder() for _ in range(S))
        self.vectors = nn.ParameterList(nn.Parameter(0.1 * torch.randn(D)) for _ in range(S))
        self.temporal, self.cross = Attention(), Attention()
        self.scores = nn.ModuleList(nn.Linear(D, 1) for _ in range(S))
        for score in self.scores: nn.init.zeros_(score.weight), nn.init.zeros_(score.bias)
        self.project = nn.ModuleList(nn.Linear(D, g["hidden"]) for _ in range(S))
        self.head = nn.Sequential(nn.LayerNorm(g["hidden"]), nn.ReLU(), nn.Dropout(g["dropout"]), nn.Linear(g["hidden"], K))
        owner = torch.arange(S).repeat_interleave(tokens)
        self.register_buffer("same", owner.unsqueeze(0) == owner.unsqueeze(1))
        self.register_buffer("waves", time_waves(tokens).repeat(S, 1))
        self.tokens = tokens
    def forward(self, xs, vs, presence):
        tokens, valid = [], []
        for m, (e, x, v) in enumerate(zip(self.encoders, xs, vs)):
            v = v * presence[:, m:m + 1]
            t, v, _ = e(open(x, v), v)
            tokens.append(t + self.vectors[m]); valid.append(v)
        x, v = torch.cat(tokens, 1), torch.cat(valid, 1) > 0
        both = v.unsqueeze(1) & v.unsqueeze(2)
        x = self.temporal(x, self.waves, both & self.same)
        x = self.cross(x, self.waves, both & ~self.same)
        n = self.tokens
        own = [x[:, m * n:(m + 1) * n].masked_fill(~v[:, m * n:(m + 1) * n].unsqueeze(2), -3e38).amax(1) for m in range(S)]
        scores = torch.cat([s(z) for s, z in zip(self.scores, own)], 1)
        heard = torch.stack([w.amax(1) for w in valid], 1) > 0
        weights = scores.masked_fill(~heard, -1e9).softmax(1)
        fused = (torch.stack([p(z) for p, z in zip(self.project, own)], 1) * weights.unsqueeze(2)).sum(1)
        return self.head(fused)

def run(held, encoder, fusion):
    begun, busy = time.perf_counter(), time.process_time()
    torch.manual_seed(1)
    train, test = (person != held).nonzero().squeeze(1), (person == held).nonzero().squeeze(1)
    mean, deviation = values[:, train].mean((1, 2), keepdim=True), values[:, train].std((1, 2), keepdim=True)
    x = (values - mean) / deviation
    valid, present = torch.ones(N, T), torch.ones(N, S)
    tokens = T // 8 if encoder == "conv" else T
    model = Early(encoders[encoder]) if fusion == "early" else Hybrid(encoders[encoder], tokens)
    optimiser = torch.optim.AdamW(model.parameters(), lr=g["learningRate"], weight_decay=g["weightDecay"])
    batch = g["batchSize"]
    steps = len(train) // batch
    total, warm, at = steps * g["epochs"], g["warmupSteps"], 0
    ask = lambda rows: model([x[s, rows] for s in range(S)], [valid[rows]] * S, present[rows])
    for epoch in range(g["epochs"]):
        model.train()
        order, losses = train[torch.randperm(len(train))], 0.0
        for b in range(steps):
            share = (at + 1 - warm) / (total - warm)
            low, high = g["minimumLearningRate"], g["learningRate"]
            rate = high * (at + 1) / warm if at < warm else low + (high - low) * 0.5 * (1 + math.cos(math.pi * share))
            for group in optimiser.param_groups: group["lr"] = rate
            rows = order[b * batch:(b + 1) * batch]
            optimiser.zero_grad()
            logits = ask(rows)
            loss = F.cross_entropy(logits, labels[rows])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), g["clipNorm"])
            optimiser.step()
            losses += loss.item()
            (logits.argmax(1) == labels[rows]).sum().item()
            at += 1
    model.eval()
    with torch.no_grad():
        right = sum((ask(rows).argmax(1) == labels[rows]).sum().item() for rows in test.split(64))
    print(json.dumps({"encoder": encoder, "fusion": fusion, "fold": held, "parameters": sum(p.numel() for p in model.parameters()),
        "loss": losses / steps, "accuracy": right / len(test), "seconds": time.perf_counter() - begun, "processorSeconds": time.process_time() - busy}), flush=True)

for held in folds:
    for encoder in g["encoders"]:
        for fusion in g["fusions"]: run(held, encoder, fusion)
`;
