"""Headers on every answer: strict content policy, no sniffing, no framing, nothing cached."""

from flask import Flask, Response, request

API_VERSION = "0.1.0"
OWN_PICTURES = "img-src 'self' data: blob:"
CONTENT_RULES = (
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    OWN_PICTURES,
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types svelte-trusted-html voordeur",
)
CONTENT_POLICY = "; ".join(CONTENT_RULES)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


def policy_with_pictures_from(host: str) -> str:
    """The content policy of a page that also shows pictures of one other host, and nothing else."""
    return CONTENT_POLICY.replace(OWN_PICTURES, f"{OWN_PICTURES} {host}")


def register(app: Flask) -> None:
    """Add the headers after each request; `/v1` also says its version and is never stored."""

    @app.after_request
    def _add(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/v1"):
            response.headers["API-Version"] = API_VERSION
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.add("Vary", "Accept-Language, Accept-Encoding")
        return response
