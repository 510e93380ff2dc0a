package io.mailflow.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what does not even get to a route, such as a malformed address, as a problem with the same headers. */
final class BareErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ProblemException problem = new ProblemException(
                response.getStatus() < 500 ? ProblemKind.BAD_PARAMETER : ProblemKind.INTERNAL,
                "The request cannot be read.");
        SecurityHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        // The path of what could not be read is nothing that one may repeat.
        byte[] body = Answers.bytes(problem.toProblem("/"));
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
