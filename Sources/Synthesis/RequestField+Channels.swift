extension RequestField {
  /// How left and right lie to each other.
  // swift-format-ignore: OnlyOneTrailingClosureArgument
  static let channels: [RequestField] = [
    .init("mono", "whether it has one channel, of a model that makes two", shown: { $0.mono.map { "\($0)" } }) {
      $0.request.mono = try $1.asFlag ? true : nil
    }
  ]
}
