extension RequestField {
  /// How left and right lie to each other.
  // swift-format-ignore: OnlyOneTrailingClosureArgument
  static let channels: [RequestField] = [
    .init("mono", "whether it has one channel, of a model that makes two", shown: { $0.mono.map { "\($0)" } }) {
      $0.request.mono = try $1.asFlag ? true : nil
    },
    .init("pan", "where it lies between left and right", shown: { $0.pan.map { "\($0)" } }) {
      $0.request.pan = try number($1, named: StereoImage.pan(named:))
    },
    .init("width", "how wide it is", shown: { $0.width.map { "\($0)" } }) {
      $0.request.width = try number($1, named: StereoImage.width(named:))
    },
  ]

  /// A number, or a word for one.
  private static func number(_ value: FieldValue, named: (String) -> Double?) throws -> Double {
    if let number = (try? value.asText).flatMap({ named($0.trimmingBlanks) }) { return number }
    return try value.asNumber
  }
}
