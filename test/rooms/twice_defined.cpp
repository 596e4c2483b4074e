// One name, which two libraries define when both are made of this.
namespace tripwire::plugins {

int hint();
int hint() { return 1; }

} // namespace tripwire::plugins
