"""Holds what the page asks of the server to docs/openapi.json. Wants jsonschema."""
import json, re, sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

FILE = Path(__file__).resolve().parents[2] / "docs/openapi.json"


class Contract:
    def __init__(self):
        self.faults, self.asked = [], set()
        try:
            import jsonschema
            self.schema, self.api = jsonschema, json.loads(FILE.read_text())
        except (ImportError, FileNotFoundError) as error:
            sys.exit(f"contract: {error}")
        self.paths = [(re.compile("^/api/v1" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path) for path in sorted(self.api["paths"], key=lambda path: path.count("{"))]

    def valid(self, value, schema, what):
        whole = {**schema, "components": self.api["components"]}
        for error in self.schema.Draft202012Validator(whole).iter_errors(value):
            self.faults.append(f"{what}: {error.message[:160]}")

    def hear(self, request):
        """Looks at a request of the page's."""
        url = urlsplit(request.url)
        if not url.path.startswith("/api/v1/"):
            return
        path = next((path for form, path in self.paths if form.match(url.path)), None)
        call = self.api["paths"].get(path, {}).get(request.method.lower())
        what = f"{request.method} {path or url.path}"
        if call is None:
            self.faults.append(f"{what} is not in the file")
            return
        self.asked.add(what)
        known = {one["name"]: one["schema"] for one in [*call.get("parameters", []), *self.api["paths"][path].get("parameters", [])]
                 if one.get("in") == "query"}
        for name, text in parse_qsl(url.query):
            if name not in known:
                self.faults.append(f"{what} has no {name}")
                continue
            kind = known[name].get("type")
            value = float(text) if kind == "number" else int(text) if kind == "integer" else text == "true" if kind == "boolean" else text
            if kind != "array":
                self.valid(value, known[name], f"{what} {name}")
        body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if body and request.post_data:
            given = json.loads(request.post_data)
            self.valid(given, body, what)
            wide = self.api["components"]["schemas"].get(body.get("$ref", "").split("/")[-1], body).get("properties", {})
            self.faults += [f"{what} has no field {name}" for name in given if wide and name not in wide]
