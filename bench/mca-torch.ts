/** The trunk of MCA, its pooling and its loss in PyTorch, with the mask handed to `scaled_dot_product_attention`. */

/** Its argument is a file of JSON: sizes, mask, pooling, pairs; answers as every way does. */
export const mcaTorch = `
import json, sys, time, torch, math
from torch import nn
from torch.nn import functional as F
torch.set_num_threads(1)
torch.manual_seed(1)
o = json.load(open(sys.argv[1]))
B, M, n, W, D, L, H = (o[k] for k in ["batch", "modalities", "tokens", "width", "dim", "depth", "heads"])
mask = torch.tensor(o["mask"]).bool()
pool = torch.tensor(o["pool"]).bool()
left, right = torch.tensor(o["left"]), torch.tensor(o["right"])
inner = D * 4 * 2 // 3

class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(D))
    def forward(self, x): return F.layer_norm(x, (D,), self.gain)

def heads(x): return x.unflatten(2, (H, -1)).transpose(1, 2)

class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = Norm(), Norm()
        self.qkv, self.out = nn.Linear(D, 3 * D, bias=False), nn.Linear(D, D, bias=False)
        self.up, self.down = nn.Linear(D, 2 * inner, bias=False), nn.Linear(inner, D, bias=False)
    def forward(self, x):
        q, k, v = (heads(t) for t in self.qkv(self.norm1(x)).chunk(3, 2))
        x = x + self.out(F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).flatten(2))
        a, g = self.up(self.norm2(x)).chunk(2, 2)
        return x + self.down(a * F.gelu(g))

class Mca(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoders = nn.ModuleList(nn.Sequential(nn.LayerNorm(W), nn.Linear(W, D), nn.LayerNorm(D)) for _ in range(M))
        self.fusion = nn.Parameter(torch.randn(len(o["mask"]) - M * n, D))
        self.layers = nn.ModuleList(Layer() for _ in range(L))
        self.norm = Norm()
        self.returns = nn.Parameter(torch.randn(len(o["pool"]), D))
        self.query, self.kv, self.out = nn.Linear(D, D, bias=False), nn.Linear(D, 2 * D, bias=False), nn.Linear(D, D, bias=False)
        self.tau = nn.Parameter(torch.tensor(math.log(1 / 0.07)))
        angle = torch.arange(n)[:, None] * 10000 ** (-2 / D * torch.arange(D // 2))
        self.positions = torch.stack([angle.sin(), angle.cos()], 2).flatten(1)
    def forward(self, xs):
        tokens = [encode(x) + self.positions for encode, x in zip(self.encoders, xs)]
        x = torch.cat(tokens + [self.fusion.expand(B, -1, -1)], 1)
        for layer in self.layers: x = layer(x)
        k, v = (heads(t) for t in self.kv(self.norm(x)).chunk(2, 2))
        q = heads(self.query(self.returns).expand(B, -1, -1))
        e = self.out(F.scaled_dot_product_attention(q, k, v, attn_mask=pool).transpose(1, 2).flatten(2)) + self.returns
        e = F.normalize(e[:, :-1], dim=2).transpose(0, 1)
        scores = e[left] @ e[right].transpose(1, 2) * self.tau.clamp(0, math.log(100)).exp()
        def ce(s): return -F.log_softmax(s, 2).diagonal(dim1=1, dim2=2).mean()
        return (ce(scores) + ce(scores.transpose(1, 2))) / 2

model = Mca()
optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=1e-2)
def wave(m):
    u = torch.sin((torch.arange(B * n * W, dtype=torch.float64) + m) * 12.9898) * 43758.5453
    return ((u - u.floor() - 0.5) * 12 ** 0.5).float().reshape(B, n, W)
xs = [wave(m) for m in range(M)]

def step():
    optimiser.zero_grad()
    loss = model(xs)
    loss.backward()
    optimiser.step()
    return loss.item()

def go(k):
    start, busy = time.perf_counter(), time.process_time()
    losses = [step() for _ in range(k)]
    took, worked = time.perf_counter() - start, time.process_time() - busy
    return {"milliseconds": took * 1000, "processor": worked * 1000, "losses": losses}

for line in sys.stdin:
    word, k = line.split()
    if word == "about": answer = {"parameters": sum(p.numel() for p in model.parameters()), "library": "PyTorch " + torch.__version__}
    elif word == "memory": answer = None
    else: answer = go(int(k))
    print(json.dumps(answer), flush=True)
`;
