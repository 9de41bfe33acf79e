"""The fault server as a peer that the shared cases know."""
from server import HEAD, REPOSITORY, TOKEN, Answer, Server

READ_ONLY = "ghs_readonly"


class FaultPeer(Server):
    """One server, one pull request."""

    number = 7
    head = HEAD
    repository = REPOSITORY
    token = TOKEN
    stranger = "stranger"

    def delete_comments(self, author):
        self.comments = [c for c in self.comments if c["user"]["login"] != author]

    def close_pull(self):
        self.pull["state"] = "closed"

    def read_only_token(self):
        def refuse(request):
            if request.headers.get("authorization") != "Bearer " + READ_ONLY:
                return
            if request.method != "GET":
                raise Answer(403, {"message": "Resource not accessible by integration"})
            request.headers["authorization"] = "Bearer " + TOKEN

        self.faults.append(refuse)
        return READ_ONLY

    def check_run(self):
        return self.check_runs[0]
