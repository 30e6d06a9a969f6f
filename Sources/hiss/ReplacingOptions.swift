import ArgumentParser
import Foundation
import Rendering

/// What may be replaced by what is made.
struct ReplacingOptions: ParsableArguments {
  @Flag(help: "Replace files that are there already.")
  var force = false

  /// - Parameter inputs: what is read, and never replaced.
  func rule(inputs: [URL] = []) -> OutputRule { OutputRule(inputs: inputs, isForced: force) }
}
