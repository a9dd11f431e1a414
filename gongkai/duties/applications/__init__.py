"""依申请公开. Applications for disclosure."""
