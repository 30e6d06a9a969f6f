import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Watches one connection: whoever neither sends nor takes for too long is cut off, and so is a body that nobody wants.
///
/// Hummingbird's own idle timeout closes connections that send no request, slowly or not at all.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let registry: ConnectionRegistry
  /// So long may a client leave what it is sent.
  private let stallLimit: TimeAmount
  private var stall: Scheduled<Void>?
  private var readsRequest = false
  private var answersOpen = 0
  /// Bytes of a body that came after its answer; nil where nobody has answered yet.
  private var surplus: Int?
  /// So many of them are read over, for a client that looks at the answer between two pieces.
  private static let mostSurplus = 64 << 20

  init(_ registry: ConnectionRegistry, stallLimit: TimeAmount = .seconds(30)) {
    (self.registry, self.stallLimit) = (registry, stallLimit)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { registry.add(context.channel) }
  }

  func channelActive(context: ChannelHandlerContext) {
    registry.add(context.channel)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    registry.remove(context.channel)
    stall?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    registry.remove(context.channel)
    stall?.cancel()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      (readsRequest, surplus) = (true, nil)
      answersOpen += 1
      registry.mark(context.channel, isIdle: false)
    case .body(let bytes):
      surplus? += bytes.readableBytes
      guard surplus ?? 0 <= Self.mostSurplus else { return context.close(promise: nil) }
    case .end: readsRequest = false
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    context.write(data, promise: promise)
    guard case .end = unwrapOutboundIn(data) else { return }
    answersOpen -= 1
    if answersOpen <= 0 { registry.mark(context.channel, isIdle: true) }
    // The answer came before the body's end: nobody reads on, and the client has a moment to read why.
    guard readsRequest else { return }
    surplus = 0
    let channel = context.channel
    context.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    stall?.cancel()
    stall = nil
    if !context.channel.isWritable {
      let channel = context.channel
      stall = context.eventLoop.scheduleTask(in: stallLimit) { channel.close(promise: nil) }
    }
    context.fireChannelWritabilityChanged()
  }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
