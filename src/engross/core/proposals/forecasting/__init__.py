"""When a proposal will be decided and go live, told from what became of those before it.

What is counted is Kaplan and Meier's: of all proposals that had been so long in a stage, the
share that left it on the next Working Day, and by which way. A proposal that is still there
counts for as long as it has been there, and is never taken for one that has left.
"""
