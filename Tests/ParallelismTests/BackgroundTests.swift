import Dispatch
import Parallelism
import Testing

@Suite("Work beside other work")
struct BackgroundTests {
  private struct Fault: Error, Equatable {}

  @Test("The value is there when it is asked for, and again; the work has begun before")
  func value() throws {
    let (begun, allowed) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let work = Background {
      begun.signal()
      allowed.wait()
      return 7
    }
    begun.wait()
    allowed.signal()
    #expect(try work.value() == 7)
    #expect(try work.value() == 7)
  }

  @Test("What the work throws is thrown where its value is asked for")
  func faults() {
    let work = Background { () throws -> Int in throw Fault() }
    #expect(throws: Fault()) { try work.value() }
  }
}
