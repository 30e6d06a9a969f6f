import Dispatch
import Foundation

/// Wall-clock times of repeated work.
enum Stopwatch {
  /// Seconds that `body` takes once.
  static func seconds(_ body: () -> Void) -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }

  /// Seconds of processor time that `body` takes once on this thread.
  static func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
    let start = now()
    try body()
    return now() - start
  }

  /// The medians of several pieces of work that take turns, so that a neighbour on the machine disturbs all alike: `rounds`
  /// runs of each, after one of each that does not count.
  static func mediansInTurns(rounds: Int, _ bodies: [() -> Void]) -> [Double] {
    for body in bodies { body() }
    var times = [[Double]](repeating: [], count: bodies.count)
    for _ in 0..<rounds {
      for (index, body) in bodies.enumerated() { times[index].append(seconds(body)) }
    }
    return times.map(middle)
  }

  /// The median of repeated runs, after one that does not count: at least `least` of them, for about `budget` seconds.
  static func median(budget: Double, least: Int = 5, _ body: () -> Void) -> Double {
    body()
    var times: [Double] = []
    var spent = 0.0
    while times.count < least || spent < budget {
      times.append(seconds(body))
      spent += times[times.count - 1]
    }
    return middle(times)
  }

  private static func middle(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
}
