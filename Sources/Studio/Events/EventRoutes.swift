import HTTPTypes
import Hummingbird
import NIOCore

/// The stream of events.
enum EventRoutes {
  static func endpoints(_ hub: EventHub) -> [Endpoint] {
    [
      Endpoint(.get, "/events") { call in
        let last = call.request.headers[.lastEventID].flatMap { $0.utf8.count < 60 ? $0 : "" }
        return Response(
          status: .ok,
          headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
          body: ResponseBody { writer in
            let subscriber = hub.subscribe(after: last)
            defer { hub.leave(subscriber) }
            for await _ in subscriber.signals {
              let text = subscriber.take()
              if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
            }
            try await writer.finish(nil)
          })
      }
    ]
  }
}
